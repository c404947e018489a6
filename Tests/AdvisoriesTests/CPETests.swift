import Testing

@testable import Advisories

@Suite struct `CPE names` {
  @Test func `a formatted string is taken apart`() throws {
    let text = #"cpe:2.3:a:Gratta_\&_vinci:x\:y:1.0\-beta:-:*:ja:pro:android:x64:\-"#
    let name = try CPEName(parsing: text)
    #expect(name.product == ProductName(.application, vendor: "gratta_&_vinci", product: "x:y"))
    #expect(name.version == .value("1.0-beta"))
    #expect(name.update == .notApplicable)
    #expect(name.edition == .any)
    #expect(name.language == .value("ja"))
    #expect(name.softwareEdition == .value("pro"))
    #expect(name.targetSoftware == .value("android"))
    #expect(name.targetHardware == .value("x64"))
    // Escaped it is a literal, not NA (vuln.md P1).
    #expect(name.other == .value("-"))
  }

  @Test func `fields that are missing are any`() throws {
    let name = try CPEName(parsing: "cpe:2.3:o:canonical:ubuntu_linux")
    #expect(name == CPEName(ProductName(.operatingSystem, vendor: "canonical", product: "ubuntu_linux")))
  }

  @Test func `a URI is taken apart`() throws {
    let name = try CPEName(parsing: "cpe:/a:hp:openview_network_manager:7.51::~~~linux~~%21x")
    #expect(name.product.product == "openview_network_manager")
    #expect(name.version == .value("7.51"))
    #expect(name.update == .any)
    #expect(name.edition == .any)
    #expect(name.targetSoftware == .value("linux"))
    #expect(name.other == .value("!x"))
    #expect(try CPEName(parsing: "cpe:/o:microsoft:windows_7:-:sp1").version == .notApplicable)
    #expect(try CPEName(parsing: "cpe:/a:jetty:j%28x%29").product.product == "j(x)")
  }

  @Test(arguments: [
    ("", CPEFault.notCPE), ("cpe:2.3:x:a:b", .part), ("cpe:2.3:a:b", .incomplete), ("cpe:2.3:a::b:1", .incomplete),
    ("cpe:2.3:a:b:c:1:2:3:4:5:6:7:8:9", .tooManyFields), ("cpe:/a:b", .incomplete), ("cpe:/x:b:c", .part),
    ("cpe:/a:two words:c", .character), ("cpe:/a:b:c%2", .character), ("cpe:/a:b:c:1:2:3:4:5", .tooManyFields),
    ("cpe:2.3:a:two words:b:1", .character),
  ])
  func `what is none is refused`(text: String, fault: CPEFault) {
    #expect(throws: fault) { try CPEName(parsing: text) }
  }

  @Test(arguments: [
    #"cpe:2.3:a:foo\\bar:big\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*"#,
    #"cpe:2.3:a:disney:where\'s_my_perry\?_free:1.5.1:*:*:*:*:android:*:*"#,
    #"cpe:2.3:o:microsoft:windows_7:-:sp1:*:*:*:*:x64:*"#, #"cpe:2.3:a:v:p:\-:*:*:*:*:*:*:*"#,
  ])
  func `what was read is written again`(text: String) throws { #expect(try CPEName(parsing: text).formatted == text) }
}
