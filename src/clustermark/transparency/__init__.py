"""The register's append-only log: Merkle tree, proofs, signed checkpoints, and a monitor of rewritten history."""
