"""The main sample: the fictional Oka Valley Pharma Cluster."""
