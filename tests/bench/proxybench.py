"""The subject `proxy` of tests/bench/run: Headrace's proxy, which records, beside the least that a proxy on Node can be, which
does not, and mitmdump. The origin and what drives are on another core than the proxy."""
import os
import re
import socket
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager

LUA = 'request = function() return "GET http://127.0.0.1:{port}/ HTTP/1.1\\r\\nHost: 127.0.0.1:{port}\\r\\n\\r\\n" end\n'
NGINX = """daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log stderr;
events {{ worker_connections 8192; }}
http {{ access_log off; keepalive_requests 1000000000;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/o.pem; ssl_certificate_key {folder}/o.key;
    location / {{ return 200 "hello world"; }} }}
  server {{ listen 127.0.0.1:{plain}; root {folder}; location = / {{ return 200 "hello world"; }} }} }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"bench: nobody listens at {port}")


class Proxy:
    """One under way, and what the operating system says of it."""

    def __init__(self, pid, port):
        self.pid, self.port = pid, port

    def cpu_seconds(self):
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with open(f"/proc/{self.pid}/task/{task}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total / 1e9

    def resident_mib(self, peak=False):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return int(re.search(("VmHWM" if peak else "VmRSS") + r":\s+(\d+)", file.read()).group(1)) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


class Bench:
    def __init__(self, folder, headrace, through, measured, driver):
        self.folder, self.headrace, self.through = folder, headrace, through
        self.measured, self.driver = str(measured), str(driver)
        self.environment = {**os.environ, "HOME": folder, "HEADRACE_CA_DIR": folder + "/ca", "http_proxy": "",
                            "https_proxy": "", "SSL_CERT_FILE": folder + "/o.pem"}
        self.tls, self.plain = free_port(), free_port()
        self.sessions = 0
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder + "/o.key", "-out",
                        folder + "/o.pem"], check=True, stderr=subprocess.DEVNULL)
        with open(folder + "/nginx.conf", "w", encoding="ascii") as file:
            file.write(NGINX.format(folder=folder, port=self.tls, plain=self.plain))

    @contextmanager
    def running(self, core, command, port):
        process = subprocess.Popen(["taskset", "-c", core, *command], env=self.environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield Proxy(process.pid, port)
        finally:
            process.terminate()
            process.wait()

    def origin(self):
        nginx = "/usr/sbin/nginx"
        return self.running(self.driver, [nginx, "-c", self.folder + "/nginx.conf", "-p", self.folder], self.plain)

    def proxy(self, name):
        port = free_port()
        self.sessions += 1
        record = f"{self.folder}/{self.sessions}.headrace"
        commands = {
            "Headrace": [self.headrace, "proxy", "-q", "--port", str(port), "--record", record],
            "Headrace, in memory": [self.headrace, "proxy", "-q", "--port", str(port)],
            "Node": ["node", os.path.join(os.path.dirname(__file__), "proxy.js"), str(port)],
            "mitmdump": ["mitmdump", "-q", "-p", str(port), "--ssl-insecure"],
        }
        return self.running(self.measured, commands[name], port)

    def drive(self, mode, port, connections, seconds, rate=0):
        origin = self.tls if mode.endswith("tls") else self.plain
        text = subprocess.run(["taskset", "-c", self.driver, self.through, mode, str(port), str(origin),
                               str(connections), str(seconds), str(rate)], check=True, capture_output=True,
                              text=True).stdout
        return {name: float(number) for name, number in re.findall(r"^(\w+) ([\d.]+)$", text, re.M)}

    def wrk(self, port, seconds):
        script = self.folder + "/url.lua"
        with open(script, "w", encoding="ascii") as file:
            file.write(LUA.format(port=self.plain))
        text = subprocess.run(["taskset", "-c", self.driver, "wrk", "-t1", "-c32", f"-d{seconds}", "-s", script,
                               f"http://127.0.0.1:{port}/"], check=True, capture_output=True, text=True).stdout
        if re.search(r"Non-2xx|Socket errors", text):
            raise SystemExit(f"bench: wrk is not content:\n{text}")
        return (int(re.search(r"(\d+) requests in", text).group(1)),
                float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)))

    def plain_rate(self, name, seconds):
        with self.proxy(name) as proxy:
            self.wrk(proxy.port, 1)
            before = proxy.cpu_seconds()
            requests, rate = self.wrk(proxy.port, seconds)
            return {"rate": rate, "cpu": (proxy.cpu_seconds() - before) / requests * 1e6}

    def tls_rate(self, name, seconds):
        with self.proxy(name) as proxy:
            self.drive("tls", proxy.port, 32, 1)
            before = proxy.cpu_seconds()
            run = self.drive("tls", proxy.port, 32, seconds)
            return {"rate": run["requests_per_second"],
                    "cpu": (proxy.cpu_seconds() - before) / run["requests"] * 1e6}

    def latency(self, rounds):
        for mode in ("plain", "tls"):
            runs = []
            for _ in range(rounds):
                with self.proxy("Headrace") as proxy:
                    direct = self.drive("direct" if mode == "plain" else "direct-tls", proxy.port, 1, 4, 200)
                    runs.append((direct, self.drive(mode, proxy.port, 1, 4, 200)))
            for figure in ("median_ms", "p99_ms"):
                directs = statistics.median(run[0][figure] for run in runs)
                throughs = statistics.median(run[1][figure] for run in runs)
                print(f"{mode}_{figure} direct {directs:.3f} through {throughs:.3f} added {throughs - directs:.3f}")

    def memory(self):
        """200,000 exchanges, and 2 GB down, through one that records."""
        with self.proxy("Headrace") as proxy:
            at, told = 0, []
            while at < 200_000:
                at += self.wrk(proxy.port, 1)[0]
                told.append((at, proxy.resident_mib()))
            print("resident_mib " + ", ".join(f"{count:,}: {mib:.1f}" for count, mib in told[::max(1, len(told) // 6)]))
        size = 2_000_000_000
        with open(self.folder + "/large", "wb") as file:
            file.truncate(size)
        with self.proxy("Headrace") as proxy:
            begin = time.monotonic()
            got = subprocess.run(["curl", "-sS", "-x", f"http://127.0.0.1:{proxy.port}", "-o", "/dev/null", "-w",
                                  "%{size_download}", f"http://127.0.0.1:{self.plain}/large"], check=True,
                                 capture_output=True, text=True).stdout
            assert int(got) == size, got
            print(f"large_mib_per_second {size / 1048576 / (time.monotonic() - begin):.0f}")
            print(f"large_peak_mib {proxy.resident_mib(peak=True):.1f}")

    def tunnels(self, count=2000):
        """That many CONNECT tunnels at once, which all still work."""
        with self.proxy("Headrace") as proxy:
            before = proxy.resident_mib()
            sockets = []
            for _ in range(count):
                client = socket.create_connection(("127.0.0.1", proxy.port))
                client.settimeout(30)
                client.sendall(f"CONNECT 127.0.0.1:{self.plain} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                sockets.append(client)
            assert all(b" 200 " in client.recv(4096) for client in sockets)
            for client in sockets:
                client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert all(b"hello world" in client.recv(4096) for client in sockets)
            print(f"tunnels {count}")
            print(f"tunnel_resident_kib {(proxy.resident_mib() - before) * 1024 / count:.1f}")
            for client in sockets:
                client.close()
            for _ in range(100):
                if proxy.descriptors() < 100:
                    break
                time.sleep(0.1)
            print(f"descriptors_after {proxy.descriptors()}")


def run(options, headrace, through, measured, driver, in_turn, table):
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(folder, headrace, through, measured, driver)
        figures = {"rate": ("requests/s", "{:.0f}"), "cpu": ("CPU µs/request", "{:.1f}")}
        with bench.origin():
            names = ["Headrace", "Headrace, in memory", "Node", "mitmdump"]
            table("proxy: plain HTTP, 32 connections", in_turn(options.rounds, {name: name for name in names},
                  lambda name: bench.plain_rate(name, options.seconds)), figures)
            names = ["Headrace", "Headrace, in memory", "mitmdump"]
            table("proxy: TLS looked into, 32 kept connections", in_turn(options.rounds, {name: name for name in names},
                  lambda name: bench.tls_rate(name, options.seconds)), figures)
            print("\nproxy: latency of one connection, 200 requests a second\n", flush=True)
            bench.latency(min(options.rounds, 3))
            print("\nproxy: memory\n", flush=True)
            bench.memory()
            bench.tunnels()
