"""The product's own settings, in a throwaway data folder, with quick password hashing."""

import os
import tempfile

os.environ.setdefault("PARVIS_DATA", tempfile.mkdtemp(prefix="parvis-tests-"))
os.environ.setdefault("PARVIS_CITY", "Ville de Québec-sur-Essai")

from parvis.config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  WhiteNoise warns where it's missing
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
