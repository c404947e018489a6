import Advisories

/// What was found out of a name of one maker, piece by piece, so that ten versions of it are read without finding it out ten
/// times. Used on one thread.
final class NameNotes {
  /// A piece with all that its version does not change.
  struct Piece {
    let context: NameContext
    /// The rules that fit it, the most specific first.
    let rules: [FittingRule]
    /// The release of Windows it names, where no rule fits.
    let windows: (release: WindowsReleases.Release, match: NamePattern.Match)?
    /// The first way of cutting it of which the dictionary knows products; nil where it knows none, or is not asked
    /// because a rule says it.
    let known: (cut: NameContext.Cut, products: [ProductName])?
  }

  let makers: Set<String>
  /// The things that the name puts beside each other, without what says nothing.
  let texts: [String]
  /// Whether the model beside the name says anything.
  let saysModel: Bool
  private var pieces: [String: Piece] = [:]

  init(makers: Set<String>, texts: [String], saysModel: Bool) {
    self.makers = makers
    self.texts = texts
    self.saysModel = saysModel
  }

  func piece(_ text: String, _ make: () -> Piece) -> Piece {
    if let known = pieces[text] { return known }
    let made = make()
    pieces[text] = made
    return made
  }
}
