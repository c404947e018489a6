// swift-tools-version: 6.2
import PackageDescription

// Three kinds of target and one list of each. A module sees only what it names here: every build runs with
// `--explicit-target-dependency-import-check error`.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A module that knows nothing of hospitals.
func platform(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: needs, path: "Sources/Platform/\(name)", swiftSettings: strict)
}

/// A C module with bytes or a shim in it.
func shim(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: needs, path: "Sources/Platform/\(name)")
}

/// A C library of the system, found by pkg-config.
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(
    name: name,
    path: "Sources/Platform/\(name)",
    pkgConfig: pkgConfig,
    providers: [.apt([apt])]
  )
}

/// One part of a hospital's work, from its tables to its pages.
func capability(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: needs, path: "Sources/Capabilities/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ needs: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: needs, path: "Tests/\(name)", swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
  name: "yagura",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // Platform
    library("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
    library("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    library("CXLSXWriter", apt: "libxlsxwriter-dev"),
    library("CArgon2", pkgConfig: "libargon2", apt: "libargon2-dev"),
    library("CQREncode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
    library("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev"),
    .target(
      name: "CSimdjson",
      path: "Sources/Platform/CSimdjson",
      linkerSettings: [.linkedLibrary("simdjson")]
    ),
    .target(
      name: "CPictures",
      path: "Sources/Platform/CPictures",
      linkerSettings: [.linkedLibrary("jpeg"), .linkedLibrary("png16"), .linkedLibrary("ZXing")]
    ),
    library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    library("CLDAP", pkgConfig: "ldap", apt: "libldap-dev"),
    shim("CPacks"),
    shim("CStatic"),
    platform("Packs", ["CPacks", .product(name: "Yams", package: "Yams")]),
    platform("Time", ["Packs"]),
    platform("Text", ["Packs", "Time"]),
    platform("Tabular", ["Text", "Time", "CZlib", "CXLSXWriter"]),
    platform("SQL", ["Time"]),
    platform(
      "SQLite",
      [
        "SQL", "Time", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]
    ),
    platform("Postgres", ["SQL", "Time", "CPostgres"]),
    platform("Sealing", ["CArgon2", "CQREncode", "Text", "Time", crypto]),
    platform("Transfer", ["CCurl", "Sealing", "Text"]),
    platform("Mail", ["Text", "Time", "Transfer"]),
    platform(
      "OpenID",
      ["Sealing", "Text", "Time", "Transfer", .product(name: "JWTKit", package: "jwt-kit")]
    ),
    platform("Directory", ["CLDAP", "Sealing", "Text"]),
    platform("Journal", ["SQL", "Time", "Text", "Sealing", crypto, log, lifecycle]),
    platform("Jobs", ["SQL", "Time", "Text", log, lifecycle]),
    platform("Blobs", ["SQL", "Text", "Time", crypto]),
    platform("Pictures", ["CPictures"]),
    platform("HTML"),
    platform("Design", ["HTML", "Text", "Time", "CStatic"]),
    platform("Intake", ["Tabular", "Text", "Time"]),
    platform("Advisories", ["CSimdjson", "CZlib", "Tabular", "Text", "Time", crypto]),
    platform("Matching", ["Advisories", "CPCRE2", "Packs", "Text", "Time"]),
    .target(name: "Nouns", dependencies: ["Text", "Time"], path: "Sources/Nouns", swiftSettings: strict),
    platform(
      "Web",
      [
        "Blobs", "CStatic", "CZlib", "Design", "HTML", "Jobs", "Nouns", "SQL", "Sealing", "Text", "Time", crypto, log,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        lifecycle,
      ]
    ),
    platform(
      "Records",
      [
        "Blobs", "Design", "HTML", "Intake", "Jobs", "Journal", "Nouns", "Packs", "SQL", "Sealing", "Tabular", "Text",
        "Time", "Web",
      ]
    ),
    // Capabilities
    capability(
      "Identity",
      ["Design", "Directory", "HTML", "Journal", "Nouns", "OpenID", "SQL", "Sealing", "Text", "Time", "Web"]
    ),
    capability(
      "Ledger",
      [
        "Blobs", "Design", "HTML", "Intake", "Jobs", "Journal", "Nouns", "Packs", "Pictures", "Records", "SQL",
        "Tabular", "Text", "Time", "Web",
      ]
    ),
    capability(
      "Organization",
      [
        "Blobs", "Design", "HTML", "Intake", "Journal", "Nouns", "Packs", "Records", "SQL", "Sealing", "Tabular",
        "Text", "Time",
        "Web",
      ]
    ),
    capability(
      "Assessment",
      [
        "Blobs", "Design", "HTML", "Journal", "Mail", "Nouns", "Packs", "Records", "SQL", "Sealing", "Tabular", "Text",
        "Time", "Web", crypto,
      ]
    ),
    capability(
      "Duties",
      [
        "Design", "HTML", "Jobs", "Journal", "Mail", "Nouns", "Packs", "SQL", "Sealing", "Text", "Time", "Transfer",
        "Web", log, lifecycle,
      ]
    ),
    capability(
      "Vulnerability",
      [
        "Advisories", "CZlib", "Design", "HTML", "Intake", "Jobs", "Journal", "Matching", "Nouns", "Packs", "Records",
        "SQL", "Sealing", "Tabular", "Text", "Time", "Transfer", "Web",
      ]
    ),
    capability("Home", ["Design", "HTML", "Nouns", "SQL", "Text", "Time", "Web"]),
    // The program
    .target(
      name: "Program",
      dependencies: [
        "Advisories",
        "Assessment",
        "Design",
        "Duties",
        "Home",
        "HTML",
        "Identity",
        "Intake",
        "Jobs",
        "Journal",
        "Ledger",
        "Matching",
        "Nouns",
        "Organization",
        "Packs",
        "Pictures",
        "Postgres",
        "Records",
        "Sealing",
        "SQL",
        "SQLite",
        "Tabular",
        "Text",
        "Time",
        "Transfer",
        "Vulnerability",
        "Web",
        log,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "SystemPackage", package: "swift-system"),
        lifecycle,
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "Sources/Yagura",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "yagura",
      dependencies: ["Program"],
      path: "Sources/Main",
      swiftSettings: strict,
      linkerSettings: [.linkedLibrary("jemalloc")]
    ),
    .executableTarget(
      name: "yagura-verify",
      dependencies: [
        "Journal", "SQL", "SQLite", "Sealing", "Text",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/YaguraVerify",
      swiftSettings: strict
    ),
    // Tests
    .target(
      name: "Support",
      dependencies: ["Postgres", "SQL", "SQLite", "Time"],
      path: "Tests/Support",
      swiftSettings: strict
    ),
    .target(name: "PageCheck", path: "Tests/PageCheck", swiftSettings: strict),
    .target(name: "CByteSearch", path: "Tests/CByteSearch"),
    .target(
      name: "WebSupport",
      dependencies: ["CByteSearch", "Design", "Web"],
      path: "Tests/WebSupport",
      swiftSettings: strict
    ),
    tests("TimeTests", ["Packs", "Time"]),
    tests("TextTests", ["Packs", "Text", "Time"]),
    tests("TabularTests", ["CZlib", "Support", "Tabular", "Text", "Time"]),
    tests("SQLTests", ["SQL", "Support", "Time"]),
    tests("StorageTests", ["Postgres", "SQL", "SQLite", "Support", "Time"]),
    tests("SealingTests", ["Sealing", "Support", "Text", "Time"]),
    tests("MailTests", ["Mail", "Support", "Text", "Time", "Transfer"]),
    tests("OpenIDTests", ["OpenID", "Sealing", "Support", "Time", "Transfer"]),
    tests("DirectoryTests", ["Directory", "Support", "Text"]),
    tests("JournalTests", ["Journal", "SQL", "SQLite", "Sealing", "Support", "Time", "yagura-verify"]),
    tests("PicturesTests", ["Pictures", "Support"]),
    tests("JobsTests", ["Jobs", "SQL", "Support", "Text", "Time", log, lifecycle]),
    tests("DesignTests", ["Design", "HTML", "PageCheck", "Text"]),
    tests("IntakeTests", ["Intake", "Support", "Tabular", "Text", "Time"]),
    tests("AdvisoriesTests", ["Advisories", "CZlib", "Support", "Tabular", "Text", "Time"]),
    tests("MatchingTests", ["Advisories", "Matching", "Packs", "Support", "Tabular", "Text", "Time"]),
    tests(
      "WebTests",
      [
        "CZlib", "Design", "HTML", "Nouns", "PageCheck", "SQL", "Sealing", "Support", "Text", "Time", "Web",
        "WebSupport",
        log, lifecycle,
      ]
    ),
    tests(
      "IdentityTests",
      [
        "Design", "Directory", "HTML", "Identity", "Journal", "Nouns", "OpenID", "PageCheck", "SQL", "Sealing",
        "Support", "Text", "Time", "Transfer", "Web", "WebSupport", log,
      ]
    ),
    tests(
      "AssessmentTests",
      [
        "Assessment", "Blobs", "HTML", "Journal", "Nouns", "Packs", "SQL", "Sealing", "Support", "Tabular", "Text",
        "Time",
      ]
    ),
    tests(
      "DutiesTests",
      [
        "Duties", "Journal", "Nouns", "SQL", "Sealing", "Support", "Text", "Time", "Transfer",
      ]
    ),
    tests(
      "LedgerTests",
      [
        "Blobs", "Intake", "Journal", "Ledger", "Nouns", "Organization", "Pictures", "Records", "SQL", "Support",
        "Tabular", "Text", "Time",
      ]
    ),
    tests(
      "OrganizationTests",
      [
        "Blobs", "HTML", "Intake", "Journal", "Ledger", "Nouns", "Organization", "Records", "SQL", "Support", "Text",
        "Time",
        "Web",
      ]
    ),
    tests(
      "VulnerabilityTests",
      [
        "Advisories", "CZlib", "Jobs", "Journal", "Matching", "Nouns", "SQL", "SQLite", "Sealing", "Support",
        "Tabular", "Text", "Time", "Transfer", "Vulnerability",
      ]
    ),
    tests(
      "ProgramTests",
      [
        "Assessment", "Blobs",
        "Design",
        "Home",
        "Identity",
        "Jobs",
        "Journal",
        "Ledger",
        "Nouns",
        "Organization",
        "PageCheck",
        "Postgres",
        "Program",
        "Records",
        "Sealing",
        "SQL",
        "SQLite",
        "Support",
        "Text",
        "Time",
        "Vulnerability",
        "Web",
        "WebSupport",
        "yagura",
        log,
      ]
    ),
  ]
)
