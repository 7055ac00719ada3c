"""Measured speed, as ratios beside a yardstick in the same run: `python -m tests.bench`."""
