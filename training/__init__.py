"""Recipes that train the adapters: `python -m training.<recipe> training/configs/<model>.yaml`."""
