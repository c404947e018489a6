import Advisories

/// One part of an asset: its hardware, its operating system or firmware, an installed program, a line of its SBOM.
package struct Component: Sendable, Hashable {
  /// What it is called by CPE; attributes that nobody recorded are `unknown`, never `any`.
  package let name: CPEName
  /// The version as written, before any reading: `v7.2.8 build1639 (GA)`.
  package let writtenVersion: String?
  /// How sure the name is.
  package let confidence: Confidence
  /// Whether it may be mended in the version that is written: a distribution of Linux mends its packages so.
  package let carriesBackports: Bool

  package init(
    _ name: CPEName,
    writtenVersion: String? = nil,
    confidence: Confidence = .certain,
    carriesBackports: Bool = false
  ) {
    self.name = name
    self.writtenVersion = writtenVersion
    self.confidence = confidence
    self.carriesBackports = carriesBackports
  }
}

/// How sure a reading is. What a person confirmed, or an identifier said, is certain; the rest is asked.
package enum Confidence: Int, Sendable, Hashable, Comparable, CaseIterable {
  case guess = 0
  case likely = 1
  case certain = 2

  package static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }
}

/// What a match is worth: 確定, or 要確認 where a companion, a version or the product itself is not known for certain.
/// What does not apply is no match; what is not known is never taken for safe.
package enum Certainty: String, Sendable, Hashable, CaseIterable, Codable {
  case confirmed
  case conditional
}

extension Component {
  /// A component of which no more is known than its product and, perhaps, its version: everything else is UNKNOWN (P3).
  package init(
    product: ProductName,
    version: String?,
    writtenVersion: String? = nil,
    confidence: Confidence = .certain,
    carriesBackports: Bool = false
  ) {
    self.init(
      CPEName(
        product,
        version: version.map { $0.isEmpty ? .unknown : .value($0.lowercased()) } ?? .unknown,
        update: .unknown,
        edition: .unknown,
        language: .unknown,
        softwareEdition: .unknown,
        targetSoftware: .unknown,
        targetHardware: .unknown,
        other: .unknown
      ),
      writtenVersion: writtenVersion ?? version,
      confidence: confidence,
      carriesBackports: carriesBackports
    )
  }
}
