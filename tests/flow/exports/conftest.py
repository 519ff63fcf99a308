"""Somewhere to export to, and those who may be exported."""

from tests.flow.exports.export_kit import out, people

__all__ = ["out", "people"]
