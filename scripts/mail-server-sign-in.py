"""Answers Postfix in Dovecot's authentication protocol 1.1: user yagura with the password letmein, PLAIN only.

usage: mail-server-sign-in.py SOCKET. Ends with the program that started it.
"""
import base64
import os
import socket
import sys
import threading


def serve(link):
    link.sendall(b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t" + b"0" * 32 + b"\nDONE\n")
    for line in link.makefile("r"):
        words = line.rstrip("\n").split("\t")
        if words[0] not in ("AUTH", "CONT"):
            continue
        given = words[2] if words[0] == "CONT" else next((w[5:] for w in words if w.startswith("resp=")), None)
        if given is None:
            link.sendall(f"CONT\t{words[1]}\t\n".encode())
            continue
        right = base64.b64decode(given).split(b"\0")[-2:] == [b"yagura", b"letmein"]
        link.sendall(f"{'OK' if right else 'FAIL'}\t{words[1]}\tuser=yagura\n".encode())


parent = os.getppid()
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
listener.listen()
listener.settimeout(0.5)
while os.getppid() == parent:
    try:
        link, _ = listener.accept()
    except TimeoutError:
        continue
    link.settimeout(None)
    threading.Thread(target=serve, args=(link,), daemon=True).start()
