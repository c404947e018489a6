import HTML

/// One step of the way to the current page.
package struct Crumb: Sendable {
  package let label: String
  package let address: String

  package init(_ label: String, _ address: String) {
    self.label = label
    self.address = address
  }
}

/// What a page itself says; `Frame` puts the house around it.
package struct Page: Sendable {
  package enum Width: String, Sendable {
    case normal = ""
    /// As wide as the window, for grids and maps.
    case wide
  }

  /// For the window's title and, unless `heading` differs, the heading.
  package var title: String
  package var heading: String?
  /// One or two sentences under the heading.
  package var lead: HTML?
  /// At the upper right: at most three, the ones that create or import.
  package var actions: HTML?
  package var crumbs: [Crumb]
  /// Shown as a summary at the top; also puts 「エラー：」 before the window's title.
  package var errors: [FieldError]
  /// Where set, browsers without scripts load the page again after so many seconds.
  package var refreshSeconds: Int?
  package var width: Width
  package var main: HTML

  package init(
    _ title: String,
    heading: String? = nil,
    lead: HTML? = nil,
    actions: HTML? = nil,
    crumbs: [Crumb] = [],
    errors: [FieldError] = [],
    refreshSeconds: Int? = nil,
    width: Width = .normal,
    main: HTML
  ) {
    self.title = title
    self.heading = heading
    self.lead = lead
    self.actions = actions
    self.crumbs = crumbs
    self.errors = errors
    self.refreshSeconds = refreshSeconds
    self.width = width
    self.main = main
  }
}
