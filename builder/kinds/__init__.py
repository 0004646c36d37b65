"""Note types, one per module, each with its templates in `templates/<kind>/`."""
