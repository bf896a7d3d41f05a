"""The product's own settings, in a throwaway data folder, with quick password hashing."""

import os
import tempfile

os.environ.setdefault("PARVIS_DATA", tempfile.mkdtemp(prefix="parvis-tests-"))
os.environ.setdefault("PARVIS_CITY", "Ville de Québec-sur-Essai")

from parvis.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
