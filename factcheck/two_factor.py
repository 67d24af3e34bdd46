"""How the secrets of the second factor are stored."""

from allauth.mfa.adapter import DefaultMFAAdapter

from factcheck import encryption


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts the keys of authenticator apps and the seeds of recovery codes."""

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Unreadable."""
        return encryption.decrypt(encrypted_text)
