"""The pages that links lead to, one address for each shape of page."""
import os
import re
from urllib.parse import urljoin, urlparse

# A list as hospitals keep it: a title, two heads in one, a sub-total, and cells that cannot be taken as they are.
UNTIDY = """外部接続の一覧,,,,
,,,,
所管部署,ベンダ名,システム名・医療機器名,外部接続の有無,最終確認日
放射線科,東都放射線機器,試験用CT,たぶん,きのう
検査部,,試験用分析装置,有,令和8年13月1日
検査部,,,有,2026/1/1
小計,,,2,
"""


def shape(path):
    """Addresses that differ only by an id show the same page."""
    path = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/:id", path)
    path = re.sub(r"^(/assess/[^/]+/items)/.*", r"\1/:item", path)
    return re.sub(r"^/duties/[a-z-]+\.[^/]*", "/duties/:id", path)


def crawl(page, server, first):
    """One address for each shape of page, found by following links from the first ones."""
    seen, queue, found = set(), list(first), []
    while queue:
        assert len(found) < 2000, "pages lead to ever new pages"
        path = queue.pop(0)
        if shape(path.partition("?")[0]) in seen:
            continue
        seen.add(shape(path.partition("?")[0]))
        answer = page.request.get(server.address + path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found.append((path, answer.status))
        for href in re.findall(r'<a[^>]+href="([^"]+)"', answer.text()):
            target = urlparse(urljoin(server.address + path, href.replace("&amp;", "&")))
            own = target.netloc == urlparse(server.address).netloc
            # A language is chosen, not looked at.
            if own and not target.path.startswith(("/static", "/language")) and shape(target.path) not in seen:
                # Records to be merged are named behind the path.
                queue.append(target.path + (f"?{target.query}" if target.path.endswith("/merge") else ""))
    return found


def preview(page, server):
    """The preview of a file with problems."""
    page.goto(server.address + "/ledger/import")
    page.check("input[name=kind][value=connections]")
    page.set_input_files(
        "input[name=file]", {"name": "外部接続.csv", "mimeType": "text/csv", "buffer": UNTIDY.encode("cp932")})
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator("#problems tbody tr").count() > 0
    return urlparse(page.url).path


KINDS = "system|vendor|person|department|location|zone|software|interface|vendor_alias"

# Their lists, forms and grids are looked at one by one; those of all other kinds are made by the same code.
OWN = {"asset", "connection"}


def alike(addresses, kinds=KINDS):
    """One of those pages that differ only by what they count, by the edition of a checklist, or by which kind of record
    they show. A record's own page stands for itself unless its kind is one of `kinds`: capabilities add to it.
    `make test-long` takes every page."""
    if os.environ.get("YAGURA_LONG_TESTS") == "1":
        return [path for path, _ in addresses]
    others = {found.group(1) for path, _ in addresses if (found := re.match(r"/ledger/(\w+)/grid$", path))} - OWN
    seen, some = set(), []
    for path, _ in addresses:
        key = re.sub(r"/quality/\w+/\w+", "/quality/:", shape(path))
        key = re.sub(r"^/(assess|checklists)/(mhlw-hospital|mhlw-vendor|roles)-\w+", r"/\1/\2", key)
        key = re.sub(rf"^/ledger/({kinds})(?=/|$)", "/ledger/:kind", key)
        key = re.sub(rf"^/ledger/({'|'.join(others)})(|/new|/grid|/print|/:id/edit)$", r"/ledger/:kind\2", key)
        if key not in seen:
            seen.add(key)
            some.append(path)
    return some
