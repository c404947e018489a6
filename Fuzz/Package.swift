// swift-tools-version: 6.2
import PackageDescription

// The readers under attack, compiled with libFuzzer's counters (`Fuzz/run`). `Sources` is a link, because a package
// may not reach outside its folder.

func platform(_ name: String, _ needs: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: needs, path: "Sources/Platform/\(name)")
}

func library(_ name: String) -> Target { .systemLibrary(name: name, path: "Sources/Platform/\(name)") }

let package = Package(
  name: "fuzz",
  platforms: [.macOS(.v15)],
  products: [.library(name: "Readers", type: .static, targets: ["Advisories", "Tabular", "Text", "Time"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    library("CZlib"),
    library("CXLSXWriter"),
    platform("CPacks"),
    platform("Packs", ["CPacks", .product(name: "Yams", package: "Yams")]),
    platform("Time", ["Packs"]),
    platform("Text", ["Packs", "Time"]),
    platform("Tabular", ["Text", "Time", "CZlib", "CXLSXWriter"]),
    .target(name: "CSimdjson", path: "Sources/Platform/CSimdjson"),
    platform(
      "Advisories",
      ["CSimdjson", "CZlib", "Tabular", "Text", "Time", .product(name: "Crypto", package: "swift-crypto")]
    ),
  ]
)
