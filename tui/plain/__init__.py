"""The counter line by line, for screen readers and poor links: a second front over the same desk, feed and bell."""
