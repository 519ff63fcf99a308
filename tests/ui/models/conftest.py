"""The page Models on a screen."""

from tests.ui.models.models_kit import app, models, page, settle

__all__ = ["app", "models", "page", "settle"]
