"""Where simulators post to in tests."""

import json

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response


class LettersIn:
    """Takes webhooks; `answers` are given one after another, then 200."""

    path = "/hook"

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for(self.path)
        self.requests: list[Request] = []
        self.answers: list[int] = []
        server.expect_request(self.path, method="POST").respond_with_handler(self._take)

    @property
    def bodies(self) -> list[bytes]:
        return [request.get_data() for request in self.requests]

    def contents(self) -> list[dict]:
        """What is in them; an empty one only knocks."""
        return [json.loads(body) for body in self.bodies if body]

    def _take(self, request: Request) -> Response:
        request.get_data()
        self.requests.append(request)
        return Response(status=self.answers.pop(0) if self.answers else 200)
