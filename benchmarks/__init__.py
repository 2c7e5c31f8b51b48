"""Benchmarks: each `bench_*.py` has `run() -> list[Row]`; run one with `python -m benchmarks.bench_…`."""
