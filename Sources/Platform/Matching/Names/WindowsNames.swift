import Advisories
import Text

/// Reads the names of Windows. The build decides; where name and build contradict each other, a person does.
struct WindowsNames {
  private let rules: NameRules
  private var windows: WindowsReleases { rules.windows }

  init(_ rules: NameRules) { self.rules = rules }

  /// `release` is the one that the piece names, with the words that do it (`first`).
  func candidates(
    _ context: NameContext,
    _ release: WindowsReleases.Release,
    _ match: NamePattern.Match,
    version: String
  ) -> [NameCandidate] {
    let written = build(context.text)
    guard let build = written ?? build(NameText(version)) else { return [named(release, match, context)] }
    let covered = Set(match.covered).union(written?.covered ?? [])
    return [built(release, build, context, left: left(release, covered, context))]
  }

  /// The release that a text names; nil where it does not speak of Windows.
  func first(_ text: NameText) -> (release: WindowsReleases.Release, match: NamePattern.Match)? {
    for release in windows.releases {
      for pattern in release.patterns {
        if let match = pattern.match(text) { return (release, match) }
      }
    }
    return nil
  }

  struct Build {
    let number: Int
    let revision: Int?
    let covered: Set<Int>
  }

  /// A number that is a build, alone or behind `10.0.`, with its revision behind a dot.
  private func build(_ text: NameText) -> Build? {
    for (index, word) in text.words.enumerated() {
      guard word.isNumber, let number = Int(word.text), number >= 7600 || isDotted(text, index), windows.isBuild(number)
      else { continue }
      var covered: Set<Int> = [index]
      var before = index
      while before > 0, text.words[before - 1].isNumber, isDotted(text, before) {
        before -= 1
        covered.insert(before)
      }
      var revision: Int?
      if index + 1 < text.words.count, text.words[index + 1].isNumber, isDotted(text, index + 1) {
        revision = Int(text.words[index + 1].text)
        covered.insert(index + 1)
      }
      return Build(number: number, revision: revision, covered: covered)
    }
    return nil
  }

  /// Whether only a dot stands before the word.
  private func isDotted(_ text: NameText, _ index: Int) -> Bool {
    index > 0 && text.words[index].start == text.words[index - 1].end + 1
      && text.characters[text.words[index - 1].end] == "."
  }

  private func named(
    _ release: WindowsReleases.Release,
    _ match: NamePattern.Match,
    _ context: NameContext
  ) -> NameCandidate {
    let left = left(release, Set(match.covered), context)
    var confidence: Confidence = release.question == nil ? release.confidence : .likely
    var doubts = [release.question].compactMap(\.self)
    if !left.isEmpty {
      confidence = .likely
      doubts.append(NameReader.leftover(left))
    }
    return candidate(release, nil, confidence, context, match.covered, doubts)
  }

  private func left(
    _ release: WindowsReleases.Release,
    _ covered: Set<Int>,
    _ context: NameContext
  ) -> [String] {
    var covered = covered.union(context.vendorWords)
    // A label of the same release may stand beside the name.
    for (index, word) in context.text.words.enumerated() where release.labels.contains(word.text) {
      covered.insert(index)
    }
    if let pack = servicePack(context.text) { covered.insert(pack.index) }
    return context.left(covered, ignoring: rules.ignored.union(["ltsc", "ltsb"]))
  }

  /// `SP1`, `Service Pack 1`.
  private func servicePack(_ text: NameText) -> (number: Int, index: Int)? {
    for (index, word) in text.words.enumerated().dropFirst() where word.isNumber {
      let before = text.words[index - 1].text
      if before == "sp" || before == "pack", let number = Int(word.text), number < 10 { return (number, index) }
    }
    return nil
  }

  private func built(
    _ release: WindowsReleases.Release,
    _ build: Build,
    _ context: NameContext,
    left: [String]
  ) -> NameCandidate {
    let words = context.text.words.map(\.text)
    let isServer = release.isServer
    let isLongTerm = words.contains("ltsc") || words.contains("ltsb")
    let real = windows.releases(build: build.number).first { $0.isServer == isServer }
    guard let real else {
      return candidate(release, nil, .guess, context, [], [Self.contradiction(build.number)])
    }
    let isSame = release.build == build.number
    // The registry goes on saying Windows 10 on Windows 11 (ProductName); the build does not.
    let isTrap = release.family == "10" && build.number >= 22000 && !isLongTerm
    let isFamily = release.family == (build.number >= 22000 ? "11" : build.number >= 10240 ? "10" : nil)
    let isGeneric = release.build == nil && release.family == nil && release.template.version == nil && !isServer
    let isLongTermRight = !isLongTerm || real.isLongTerm || build.number == 26100
    guard isLongTermRight, isSame || isTrap || isFamily || isGeneric else {
      return candidate(real, build, .likely, context, [], [Self.contradiction(build.number)])
    }
    let doubts =
      isTrap
      ? [
        Localized(
          ja: "名前はWindows 10ですが、ビルド\(build.number)はWindows 11です。",
          en: " The name says Windows 10, but build \(build.number) is Windows 11."
        )
      ] : []
    if !left.isEmpty { return candidate(real, build, .likely, context, [], doubts + [NameReader.leftover(left)]) }
    return candidate(real, build, .certain, context, [], doubts)
  }

  private func candidate(
    _ release: WindowsReleases.Release,
    _ build: Build?,
    _ confidence: Confidence,
    _ context: NameContext,
    _ covered: [Int],
    _ doubts: [Localized]
  ) -> NameCandidate {
    let version = build.map { build in
      let kernel = build.number >= 10240 ? "10.0" : build.number >= 9600 ? "6.3" : build.number >= 9200 ? "6.2" : "6.1"
      return "\(kernel).\(build.number)" + (build.revision.map { ".\($0)" } ?? "")
    }
    let pack = servicePack(context.text)
    func component(_ template: NameRules.Template) -> Component {
      let plain = Component(
        product: template.name(model: nil),
        version: template.version ?? version,
        writtenVersion: version ?? template.version,
        confidence: confidence
      )
      guard let pack else { return plain }
      var name = plain.name
      name.update = .value("sp\(pack.number)")
      return Component(name, writtenVersion: plain.writtenVersion, confidence: confidence)
    }
    let main = component(release.template)
    return NameCandidate(
      component: main,
      others: release.others.map(component),
      confidence: confidence,
      basis: .words(context.matched(covered), main.name.product, doubts: doubts)
    )
  }

  private static func contradiction(_ build: Int) -> Localized {
    Localized(
      ja: "名前とビルド番号（\(build)）が合いません。実機で確かめてください。",
      en: "Name and build (\(build)) do not agree. Look at the device."
    )
  }
}
