import Testing

@testable import Dashboard

@Suite struct FormFieldsTests {
    @Test(arguments: [
        ("a=1&b=2", [("a", "1"), ("b", "2")]), ("a", [("a", "")]), ("=x", [("", "x")]), ("&&a=1&", [("a", "1")]),
        ("a=b=c", [("a", "b=c")]), ("a+b=c+d", [("a b", "c d")]), ("a=%2B%20%C3%A9", [("a", "+ é")]),
        ("a=%", [("a", "%")]), ("a=%4", [("a", "%4")]), ("a=%zz", [("a", "%zz")]), ("a=%+1%-1", [("a", "% 1%-1")]),
        ("a=%2541", [("a", "%41")]), ("a=%ff", [("a", "\u{FFFD}")]), ("a=%aF", [("a", "\u{FFFD}")]),
    ])
    func `fields are decoded once, and nothing but two digits is a byte`(text: String, fields: [(String, String)]) {
        let found = FormFields(encoded: text).fields
        #expect(found.map(\.name) == fields.map(\.0) && found.map(\.value) == fields.map(\.1), "\(text): \(found)")
    }

    @Test func `a field with any text comes back as it was`() {
        var fields = FormFields()
        for text in ["a&b=c", "é %41+", "\0\r\n", "🙂"] { fields.append(text, text) }
        #expect(FormFields(encoded: fields.encoded) == fields)
    }

    @Test(arguments: ["..", ".", "%2e%2e", "a%2fb", "%00", "", "a%2Fb", "%2F"])
    func `a part of a path is no other place`(part: String) {
        let route = DashboardRoute.page("/campaigns/:campaign") { _ in throw DashboardError.notFound }
        #expect(route.match(["campaigns", part[...]]) == nil)
        #expect(route.match(["campaigns", "caf%C3%A9+1"]) == ["campaign": "café+1"])
    }

    @Test(arguments: [
        "//evil.example", "/\\evil.example", "\\/evil.example", "https://evil.example", "/login", "/login?next=/", "x",
        "",
        "/a\r\nb", "/a b", "/é", "/\t/evil.example",
    ])
    func `no path leads away`(path: String) {
        #expect(SignInSection.own(path) == "/")
    }
}
