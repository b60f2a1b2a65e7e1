"""Tests of the hosting: nginx and several replicas, as compose.yaml runs them (make hosting-test)."""
