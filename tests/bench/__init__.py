"""Speed as ratios against a bare equivalent in the same run (`make bench`); no test asserts a time."""
