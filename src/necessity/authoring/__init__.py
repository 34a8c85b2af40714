"""What authors of policies do on disk: check, prove, compare, begin a policy, tell its stories."""
