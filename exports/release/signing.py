"""Signatures of a manifest in minisign's form (Ed25519), made and checked by `py-minisign`.

The stock `minisign` checks them too: `minisign -Vm manifest.json -P <public key>`.
"""

from pathlib import Path

from exports.release.manifest import SIGNATURE_END
from schemas.errors import Exit, PimError
from schemas.files import replacing
from schemas.text import Text


class Signer:
    """Signs with a secret key; made by `signer`."""

    def __init__(self, key: str, password: str) -> None:
        import minisign  # type: ignore[import-untyped]  # it has types but does not say so

        try:
            if "\n" in key.strip():
                self._key = minisign.SecretKey.from_bytes(key.strip().encode() + b"\n")
            else:
                self._key = minisign.SecretKey.from_base64(key.strip())
            if self._key.is_encrypted():
                self._key.decrypt(password)
        except (minisign.Error, ValueError) as error:
            raise unusable_key("signing_key") from error

    def sign(self, path: Path, comment: str) -> None:
        """Write `<path>.minisig`. The comment is signed too; no clock is in it."""
        signature = self._key.sign(
            path.read_bytes(),
            untrusted_comment="signature of the PIM open data",
            trusted_comment=comment,
        )
        with replacing(path.with_name(path.name + SIGNATURE_END)) as temporary:
            temporary.write_bytes(bytes(signature).rstrip(b"\n") + b"\n")

    def public_key(self) -> bytes:
        """The file that others check with."""
        return bytes(self._key.get_public_key()).rstrip(b"\n") + b"\n"


def unusable_key(where: str) -> PimError:
    """The error `PIM-REL-010`: releases cannot be signed with what was given as the key."""
    return PimError(
        "PIM-REL-010",
        Text("Klucza do podpisu nie da się użyć.", "The signing key cannot be used."),
        where=where,
        why=Text(
            "Klucz ma inną postać niż w minisign, hasło jest złe albo nie ma pliku.",
            "The key is not in minisign's form, its password is wrong, or the file is missing.",
        ),
        fix=Text("Zob. docs/releases.md, „Klucz”.", "See docs/releases.md, 'The key'."),
        exit_code=Exit.USAGE,
    )


def is_signed_by(path: Path, key: str) -> bool:
    """Whether `<path>.minisig` is a good signature of a file by a public key.

    `key` is the content of a public key file or its second line alone. Raises PimError
    `PIM-REL-011` for a key that is none.
    """
    import minisign

    try:
        text = key.strip()
        if "\n" in text:
            public = minisign.PublicKey.from_bytes(text.encode() + b"\n")
        else:
            public = minisign.PublicKey.from_base64(text)
    except (minisign.Error, ValueError) as error:
        raise PimError(
            "PIM-REL-011",
            Text("To nie jest klucz publiczny minisign.", "This is no public key of minisign."),
            where="--key",
            fix=Text(
                "Podaj plik .pub albo jego drugi wiersz (zaczyna się od RW).",
                "Give the .pub file or its second line (it begins with RW).",
            ),
            exit_code=Exit.USAGE,
        ) from error
    try:
        signature = minisign.Signature.from_bytes(
            path.with_name(path.name + SIGNATURE_END).read_bytes()
        )
        public.verify(path.read_bytes(), signature)
    except (minisign.Error, ValueError, OSError):
        return False
    return True
