"""Cases: from application to decision."""
