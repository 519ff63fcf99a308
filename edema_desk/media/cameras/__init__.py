"""Cameras: local ones through OpenCV, network ones and clips through the decoder process."""
