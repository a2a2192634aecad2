"""The commands of the contract: flags in, JSON or words out, exit code; one file a group."""
