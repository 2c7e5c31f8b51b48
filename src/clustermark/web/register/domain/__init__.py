"""What is done to certificates: each verb asks the policy, acts, logs and enters the log in one transaction."""
