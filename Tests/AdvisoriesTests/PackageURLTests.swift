import Advisories
import Testing

/// Package URLs, by the examples of their specification.
@Suite struct PackageURLTests {
  @Test(arguments: [
    ("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", "maven|org.apache.logging.log4j|log4j-core|2.14.1"),
    ("pkg:generic/openssl@1.0.1f", "generic||openssl|1.0.1f"),
    ("pkg:npm/%40angular/animation@12.3.1", "npm|@angular|animation|12.3.1"),
    ("pkg:npm/@angular/animation", "npm|@angular|animation|"),
    ("pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie", "deb|debian|curl|7.50.3-1"),
    ("pkg:golang/google.golang.org/genproto#googleapis/api/annotations", "golang|google.golang.org|genproto|"),
    ("PKG://PyPI/Django_package@1.11.1", "pypi||django-package|1.11.1"),
    ("pkg:docker/cassandra@sha256:244fd47e07d1004f0aed9c", "docker||cassandra|sha256:244fd47e07d1004f0aed9c"),
    ("pkg:deb/debian/libssl1.1@1.1.1n-0%2Bdeb11u3", "deb|debian|libssl1.1|1.1.1n-0+deb11u3"),
  ])
  func eachPartIsRead(text: String, parts: String) throws {
    let url = try #require(PackageURL(text))
    #expect([url.type, url.namespace ?? "", url.name, url.version ?? ""].joined(separator: "|") == parts)
  }

  @Test(arguments: ["", "pkg:", "pkg:npm", "pkg:npm/", "maven/a/b", "cpe:2.3:a:b:c", "pkg:/x", "pkg:npm/@1.0%"])
  func whatIsNoneIsNotRead(text: String) {
    let url = PackageURL(text)
    #expect(url == nil || url?.name.isEmpty == false)
    if text != "pkg:npm/@1.0%" { #expect(url == nil) }
  }

  @Test func aDistributionsVersionIsThatOfTheProgram() throws {
    for (text, version) in [
      ("pkg:deb/debian/openssl@1:1.1.1n-0%2Bdeb11u3", "1.1.1n"), ("pkg:rpm/redhat/openssl@1.0.2k-26.el7_9", "1.0.2k"),
      ("pkg:apk/alpine/busybox@1.36.1-r2", "1.36.1"), ("pkg:maven/a/b@1.0-beta", "1.0-beta"),
    ] {
      #expect(try #require(PackageURL(text)).upstreamVersion == version)
    }
    #expect(PackageURL("pkg:deb/debian/libssl3@3.0?upstream=openssl")?.qualifiers == ["upstream": "openssl"])
  }
}
