"""The judge of adverts: product sheets and statements about them, as pairs for the entailment model."""
