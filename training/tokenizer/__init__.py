"""Terms learned by a model in stages: the texts, the network, what is measured, the figures."""
