"""One file a widget: it takes lines, posts messages, never fetches."""
