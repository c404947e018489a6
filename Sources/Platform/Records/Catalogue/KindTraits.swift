import Design
import Nouns
import Text

/// What sets a kind apart from the usual. Every kind has them; most leave them as they are.
package struct KindTraits: Sendable {
  /// Who may read its records, and who may change or import them, beside the permission that lists and forms ask for.
  package var readers: Permission
  package var writers: Permission
  /// The key of the kind that keeps other names of its records.
  package var aliases: String?
  /// Whether a file that names an unknown one makes it. Things with a life of their own are not made so: a bare name would
  /// stand beside the real entry for ever.
  package var isMadeByName: Bool
  /// What a name alone tells of a new record, beside the name.
  package var parts: (@Sendable (String) -> [String: String])?
  /// Fields that name a record where nothing better does, but many things at once: a model, a purpose.
  package var sharedNames: Set<String>
  /// The fields that point to what a record belongs to, where its own name alone tells none apart: the vendor of an enquiry
  /// that is called by its year. The first that is recorded stands before the name, on pages and in the journal.
  package var namedAfter: [String]
  /// Whether names come again every year, so that a file that names one means the newest.
  package var isNewestMeant: Bool
  /// The field by which records are shown as similar.
  package var similarBy: String?
  package var unit: Unit
  /// Under the heading of its list.
  package var lead: Localized?
  /// Other views of its list: a button each.
  package var views: [(label: Localized, path: String)]
  /// Where the menu and an import lead, nil for the list.
  package var frontPath: String?
  /// What files of this kind are, on the page that asks for one; nil where it is not offered there.
  package var files: Localized?
  /// Whether a file that changes nothing is still worth taking in, as it says that its records are there.
  package var confirms: Bool
  /// Whether its first identity stands once only: of two records that a merging would make alike, one is retired.
  package var isOnce: Bool
  /// The word of the command where it is not the key with an s.
  package var importName: String?
  /// The page its lists hang under.
  package var home: (label: Localized, path: String)

  package init(
    readers: Permission = .readLedger,
    writers: Permission = .editLedger,
    aliases: String? = nil,
    isMadeByName: Bool = false,
    parts: (@Sendable (String) -> [String: String])? = nil,
    sharedNames: Set<String> = [],
    namedAfter: [String] = [],
    isNewestMeant: Bool = false,
    similarBy: String? = nil,
    unit: Unit = .items,
    lead: Localized? = nil,
    views: [(label: Localized, path: String)] = [],
    frontPath: String? = nil,
    files: Localized? = nil,
    confirms: Bool = false,
    isOnce: Bool = false,
    importName: String? = nil,
    home: (label: Localized, path: String) = (Localized(ja: "台帳", en: "Registers"), "/ledger")
  ) {
    self.readers = readers
    self.writers = writers
    self.aliases = aliases
    self.isMadeByName = isMadeByName
    self.parts = parts
    self.sharedNames = sharedNames
    self.namedAfter = namedAfter
    self.isNewestMeant = isNewestMeant
    self.similarBy = similarBy
    self.unit = unit
    self.lead = lead
    self.views = views
    self.frontPath = frontPath
    self.files = files
    self.confirms = confirms
    self.isOnce = isOnce
    self.importName = importName
    self.home = home
  }
}
