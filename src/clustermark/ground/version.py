"""The version of Clustermark, stated here alone."""

VERSION = "0.1.0"
