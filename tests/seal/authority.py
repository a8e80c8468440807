"""A time-stamp authority of our own, made with `openssl`, as SEAL's section on RFC 3161 describes it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

CONFIG = """
[req]
distinguished_name = dn
[dn]
[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[v3_tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = t
[t]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256,sha384,sha512
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
"""


class Authority:
    """Answers time-stamp requests with the machine's clock, or another one."""

    def __init__(self, folder: Path, name: str = "Test root", key: str = "rsa:2048") -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        kind = ["-newkey", key] if key.startswith("rsa") else ["-newkey", "ec", "-pkeyopt", f"ec_paramgen_curve:{key}"]
        common = ["-config", "tsa.cnf", "-nodes", "-sha256"]
        self._run("req", "-x509", "-new", *kind, *common, "-keyout", "ca.key", "-out", "ca.pem", "-subj", f"/CN={name}", "-extensions", "v3_ca")
        self._run("req", "-new", *kind, *common, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name} stamper")
        sign = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "tsa.cnf", "-extensions", "v3_tsa"]
        self._run("x509", "-req", "-in", "tsa.csr", "-sha256", *sign, "-out", "tsa.pem")

    @property
    def root(self) -> bytes:
        return (self.folder / "ca.pem").read_bytes()

    def answer(self, request: bytes, *, chain: bool = False, faketime: str | None = None) -> bytes:
        (self.folder / "q.tsq").write_bytes(request)
        more = ["-chain", "ca.pem"] if chain else []
        made = ["ts", "-reply", "-queryfile", "q.tsq", "-config", "tsa.cnf", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "r.tsr", *more]
        self._run(*made, faketime=faketime)
        return (self.folder / "r.tsr").read_bytes()

    def _run(self, *words: str, faketime: str | None = None) -> None:
        command = ["openssl", *words]
        if faketime:
            command = ["faketime", "-f", faketime, *command]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
