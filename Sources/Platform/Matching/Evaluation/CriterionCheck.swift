import Advisories

/// One criterion against one component: the attribute relation of NISTIR 7696, reduced (vuln.md 4.2, 4.3).
struct CriterionCheck {
  let truth: Truth
  /// What is open where the truth is unknown.
  let question: OpenQuestion?

  static let no = CriterionCheck(truth: .no, question: nil)
  static let yes = CriterionCheck(truth: .yes, question: nil)
  static func open(_ question: OpenQuestion) -> CriterionCheck { CriterionCheck(truth: .unknown, question: question) }

  init(truth: Truth, question: OpenQuestion?) {
    self.truth = truth
    self.question = question
  }

  /// The check. `part` is the part that the criterion names; a and o stand for each other with less confidence (A1).
  init(_ criterion: CompactCriterion, part: Part, against component: PreparedComponent) {
    var isUpdateRead = false
    var result = Self.version(criterion, component, &isUpdateRead)
    if result.truth != .no, criterion.attributeMask != 0 {
      result = result.combined(Self.attributes(criterion, component, isUpdateRead: isUpdateRead))
    }
    if result.truth == .yes,
      component.component.confidence != .certain
        || (component.product.part != part && component.product.part != .hardware)
    {
      result = .open(.product)
    }
    self = result
  }

  private func combined(_ other: CriterionCheck) -> CriterionCheck {
    if truth == .no || other.truth == .no { return .no }
    if truth == .unknown { return self }
    return other
  }

  private static func version(
    _ criterion: CompactCriterion,
    _ component: PreparedComponent,
    _ isUpdateRead: inout Bool
  )
    -> CriterionCheck
  {
    switch criterion.versionKind {
    case 0:
      return criterion.lower == nil && criterion.upper == nil
        ? unbounded(criterion, component) : bounded(criterion, component)
    case 1:
      if component.versionKind == .notApplicable { return .yes }
      return unbounded(criterion, component)
    case 2: return single(criterion, component, &isUpdateRead)
    default: return .open(.productOnly)
    }
  }

  /// The product without a version: any unit of hardware (N1), a Windows release whose build decides (N2), else a question of
  /// its own kind (N3). As a platform it asks for nothing more than to be there.
  private static func unbounded(_ criterion: CompactCriterion, _ component: PreparedComponent) -> CriterionCheck {
    if component.product.part == .hardware || !criterion.isVulnerable { return .yes }
    return .open(component.isWindows ? .windowsBuild : .productOnly)
  }

  private static func bounded(_ criterion: CompactCriterion, _ component: PreparedComponent) -> CriterionCheck {
    switch component.versionKind {
    case .unknown, .any: return .open(component.isWindows ? .windowsBuild : .versionUnknown)
    case .notApplicable: return .no
    case .value:
      let truth = component.isBetween(
        criterion.lower,
        isLowerIncluded: criterion.isLowerIncluded,
        criterion.upper,
        isUpperIncluded: criterion.isUpperIncluded
      )
      // Of a Windows only the end of a range of builds of its own line decides; a release alone never does (N2).
      let isSettled = !criterion.isVulnerable || component.build == nil || component.endsInOwnLine(criterion.upper)
      if truth == .yes, !isSettled { return .open(.windowsBuild) }
      return truth == .unknown ? .open(component.openVersion) : CriterionCheck(truth: truth, question: nil)
    }
  }

  /// What a range says of a Windows whose build is known, beside what other ranges of the same advisory say.
  enum BuildLine {
    /// The range is of the component's own build line and does not hold its build.
    case ruledOut
    /// The range is of another line, so that it is open.
    case other
  }

  /// Nil for everything else.
  func buildLine(_ criterion: CompactCriterion, _ component: PreparedComponent) -> BuildLine? {
    guard let build = component.build, build.revision != nil, criterion.isVulnerable, criterion.versionKind == 0 else {
      return nil
    }
    let lines = [criterion.lower, criterion.upper].compactMap { bound in bound.flatMap { WindowsBuild($0)?.line } }
    if truth == .unknown, lines.contains(where: { $0 != build.line }) { return .other }
    guard truth == .no, lines.contains(build.line) else { return nil }
    // Another edition or platform is no either, but says nothing of the build.
    let isBetween = component.isBetween(
      criterion.lower,
      isLowerIncluded: criterion.isLowerIncluded,
      criterion.upper,
      isUpperIncluded: criterion.isUpperIncluded
    )
    return isBetween == .no ? .ruledOut : nil
  }

  private static func single(
    _ criterion: CompactCriterion,
    _ component: PreparedComponent,
    _ isUpdateRead: inout Bool
  ) -> CriterionCheck {
    guard let version = criterion.version else { return .open(.productOnly) }
    switch component.versionKind {
    case .unknown, .any: return .open(.versionUnknown)
    case .notApplicable: return .no
    case .value:
      if component.isBranch {
        // 7.x-1.x is a version by itself to Drupal.
        if component.isWritten(version) { return .yes }
        return component.isWithin(version) ? .open(.versionCoarse) : .no
      }
      // Lists of hundreds of single versions are common, and hardly one of them begins as this does.
      if component.isToken, component.version.bytes.withUnsafeBufferPointer({ VersionFront.differs($0, version) }) {
        return .no
      }
      switch component.scheme.compare(component.version, bytes: version) {
      case .equal: return .yes
      case .less, .greater: return withUpdate(criterion, version, component, &isUpdateRead)
      case .unknown:
        // Two names that cannot be ordered are still two names; a text that is none says nothing.
        return component.isToken
          ? withUpdate(criterion, version, component, &isUpdateRead) : .open(.versionIncomparable)
      }
    }
  }

  /// `9.1R11.4` is version 9.1, update r11.4 (A2).
  private static func withUpdate(
    _ criterion: CompactCriterion,
    _ version: UnsafeBufferPointer<UInt8>,
    _ component: PreparedComponent,
    _ isUpdateRead: inout Bool
  ) -> CriterionCheck {
    guard criterion.attributeMask & 1 != 0, !component.attributes[0].isGiven,
      case .value(let update)? = criterion.attributeValues.first?.value
    else { return .no }
    let whole = String(decoding: version, as: UTF8.self) + " " + update
    isUpdateRead = component.scheme.compare(component.version, written: whole) == .equal
    return isUpdateRead ? .yes : .no
  }

  private static let questions: [OpenQuestion] = [
    .update, .edition, .edition, .edition, .target, .target, .edition,
  ]

  private static func attributes(
    _ criterion: CompactCriterion,
    _ component: PreparedComponent,
    isUpdateRead: Bool
  ) -> CriterionCheck {
    var open: OpenQuestion?
    for (bit, value) in criterion.attributeValues {
      // Language and other say nothing of a hole; an update may have been read with the version.
      if bit == 2 || bit == 6 || (bit == 0 && isUpdateRead) { continue }
      switch (value, component.attributes[bit]) {
      case (.value(let wanted), .value(let given)):
        if !isSame(wanted, given, bit) { return .no }
      case (.notApplicable, .notApplicable): continue
      case (.notApplicable, .value), (.value, .notApplicable): return .no
      default: open = open ?? questions[bit]
      }
    }
    return open.map { .open($0) } ?? .yes
  }

  private static func isSame(_ wanted: String, _ given: String, _ bit: Int) -> Bool {
    if wanted == given { return true }
    // sp1 and service_pack_1, update_391 and u391: the same words as in versions.
    return bit == 0 && VersionScheme.generic.compare(wanted, given) == .equal
  }
}

extension CPEValue {
  /// Whether an asset's attribute says something. ANY of an asset is nobody's word: it counts as unknown (P3).
  var isGiven: Bool {
    switch self {
    case .value, .notApplicable: true
    case .any, .unknown: false
    }
  }
}

extension Version {
  /// One word of version signs, as CPE writes it; not a sentence.
  var isToken: Bool { !bytes.isEmpty && bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 } }
}
