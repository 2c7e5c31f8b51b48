"""A seeded, openly synthetic portfolio, for trying things out and for tests."""

from clustermark.analysis.demo.files import write_demo_data
from clustermark.analysis.demo.population import YEARS, synthetic_portfolio

__all__ = ["YEARS", "synthetic_portfolio", "write_demo_data"]
