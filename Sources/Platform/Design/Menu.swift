import HTML
import Text

/// A page in the side menu.
package struct MenuEntry: Sendable {
  package let label: String
  package let address: String
  /// What waits there: 「残り3」「4」.
  package let badge: String?
  package let isCurrent: Bool

  package init(_ label: String, _ address: String, badge: String? = nil, isCurrent: Bool = false) {
    self.label = label
    self.address = address
    self.badge = badge
    self.isCurrent = isCurrent
  }
}

/// One of the seven groups. With an `address` the name is a link itself; a group of one
/// entry is shown as that entry, and one that begins with an entry of its own name as that entry with the others below.
/// Others fold: the group of the page one is on stands open, and the rest opens with a press, also without scripts.
package struct MenuGroup: Sendable {
  package let label: String
  package let address: String?
  package let badge: String?
  package let isCurrent: Bool
  package let entries: [MenuEntry]
  /// Whether it stands open wherever one is: in menus so short that folding hides more than it helps.
  package var staysOpen = false

  package init(
    _ label: String,
    address: String? = nil,
    badge: String? = nil,
    isCurrent: Bool = false,
    entries: [MenuEntry] = []
  ) {
    self.label = label
    self.address = address
    self.badge = badge
    self.isCurrent = isCurrent
    self.entries = entries
  }

  var html: HTML {
    if address == nil, staysOpen, entries.count == 1, let entry = entries.first {
      return "<li>\(Self.link(entry))</li>"
    }
    // A group that begins with a page of its own name is that page: ホーム.
    let leads = address == nil && entries.first?.label == label
    let rest = leads ? Array(entries.dropFirst()) : entries
    let own =
      leads ? entries.first : address.map { MenuEntry(label, $0, badge: badge, isCurrent: isCurrent) }
    let list: HTML = "<ul>\(each: rest, { "<li>\(Self.link($0))</li>" })</ul>"
    if let own { return rest.isEmpty ? "<li>\(Self.link(own))</li>" : "<li>\(Self.link(own))\(list)</li>" }
    if rest.isEmpty { return "<li><b>\(label)\(Self.badge(badge))</b></li>" }
    let isOpen = staysOpen || rest.contains(where: \.isCurrent)
    return """
      <li><details class="fold"\(if: isOpen, " open")><summary>\(label)\(Self.badge(badge))</summary>\(list)</details></li>
      """
  }

  private static func link(_ entry: MenuEntry) -> HTML {
    """
    <a href="\(entry.address)"\(if: entry.isCurrent, " aria-current=\"page\"")>\(entry.label)\(badge(entry.badge))</a>
    """
  }

  private static func badge(_ text: String?) -> HTML? { text.map { "<span class=\"n\">\($0)</span>" } }
}
