"""The skeleton of a feed: what names its entries and dates them, without their texts.

Feedparser knows all the dialects of RSS and Atom, but some inputs keep it busy for minutes (50,000 line ends before the
first tag took it 13 seconds, 200,000 three minutes). So it is only ever given what comes from here: well formed,
without document type or entities, at most a few levels deep, and without the texts, which are most of a feed.
"""

from __future__ import annotations

from lxml import etree

from communique.errors import FeedError
from communique.sources.records import printable

ROOTS = frozenset(("rss", "RDF", "feed"))
ENTRIES = frozenset(("item", "entry"))
BRANCHES = ROOTS | ENTRIES | {"channel"}
LEAVES = frozenset(
    ("title", "link", "guid", "id", "pubDate", "date", "published", "updated", "modified", "issued", "created")
)
ATTRIBUTES = frozenset(("href", "rel", "type", "isPermaLink", "version", "{http://www.w3.org/XML/1998/namespace}base"))
# rss, channel, item, title.
MOST_LEVELS = 4
MOST_ENTRIES = 10_000
# No address or title is longer.
MAX_TEXT = 8_000


def make_skeleton(body: bytes, uri: str) -> bytes:
    """Rebuilds a feed from its entries' titles, addresses and times; mends what is malformed where that is possible.

    Args:
        body: RSS or Atom.
        uri: Its address, for the message.

    Raises:
        FeedError: If it is neither, or its XML names are broken.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(
            f"{uri}: neither RSS nor Atom nor a sitemap ({printable(str(error))}). Check the address."
        ) from error
    if root is None or local_name(root) not in ROOTS:
        found = "no XML at all" if root is None else f"the XML of a {local_name(root)!r}"
        raise FeedError(f"{uri}: neither RSS nor Atom nor a sitemap, but {found}. Check the address.")
    try:
        skeleton = etree.Element(root.tag, nsmap=root.nsmap)
        _fill(skeleton, root, level=2, left=MOST_ENTRIES)
    except ValueError as error:  # the parser lets names pass that no element may have
        raise FeedError(
            f"{uri}: the XML of the feed is broken ({printable(str(error))}). Check the address."
        ) from error
    return bytes(etree.tostring(skeleton, encoding="utf-8", xml_declaration=True))


def _fill(copy: etree._Element, original: etree._Element, *, level: int, left: int) -> int:
    """Copies attributes and children; says how many entries may still come."""
    for name in ATTRIBUTES & set(original.attrib):
        copy.set(name, original.attrib[name])
    if local_name(original) in LEAVES:
        copy.text = "".join(original.itertext())[:MAX_TEXT]
        return left
    for child in original:
        name = local_name(child)
        is_wanted = name in LEAVES or (name in BRANCHES and left > 0)
        if is_wanted and level <= MOST_LEVELS:
            left -= name in ENTRIES
            left = _fill(etree.SubElement(copy, _proper_tag(child)), child, level=level + 1, left=left)
    return left


def local_name(element: etree._Element) -> str:
    """The name without its namespace; "" for what has no name (processing instructions, entities)."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _proper_tag(element: etree._Element) -> str:
    """The name with its namespace, or without its prefix where nobody declared that."""
    tag = str(element.tag)
    return local_name(element) if ":" in tag.rpartition("}")[2] else tag
