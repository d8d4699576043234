import Testing

@testable import Dashboard

private let boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

/// Forms with files, as browsers and others send them.
@Suite struct MultipartParserTests {
    /// What a form has, its content joined.
    private enum Piece: Equatable {
        case part(String, String?)
        case content(String)
        case endOfPart
        case end
    }

    private static func body(_ parts: [(head: String, content: String)], end: String = "--\r\n") -> [UInt8] {
        let text = parts.map { "--\(boundary)\r\n\($0.head)\r\n\r\n\($0.content)\r\n" }.joined()
        return Array((text + "--\(boundary)\(end)").utf8)
    }

    private static let token = (head: "Content-Disposition: form-data; name=\"token\"", content: "abc")
    private static let file = (
        head: "Content-Disposition: form-data; name=\"list\"; filename=\"contatos.csv\"\r\nContent-Type: text/csv",
        content: "nome;fone\r\nAna;11987654321\r\n\r\n--\r\n------WebKit\r\nfim"
    )

    /// Feeds a body in pieces, and joins neighboring content.
    private static func read(_ pieces: [ArraySlice<UInt8>]) throws -> [Piece] {
        var parser = MultipartParser(boundary: Array(boundary.utf8))
        var found: [Piece] = []
        for piece in pieces {
            parser.append(piece)
            while let event = try parser.next() {
                switch event {
                case .part(let headers): found.append(.part(headers.name, headers.fileName))
                case .content(let bytes):
                    let text = String(decoding: bytes, as: UTF8.self)
                    if case .content(let before)? = found.last {
                        found[found.count - 1] = .content(before + text)
                    } else {
                        found.append(.content(text))
                    }
                case .endOfPart: found.append(.endOfPart)
                case .end: found.append(.end)
                }
            }
        }
        return found
    }

    private static let expected: [Piece] = [
        .part("token", nil), .content("abc"), .endOfPart, .part("list", "contatos.csv"), .content(file.content),
        .endOfPart, .end,
    ]

    @Test func `a form is the same wherever its bytes are split in two`() throws {
        let body = Self.body([Self.token, Self.file])
        for split in 0...body.count {
            #expect(try Self.read([body[..<split], body[split...]]) == Self.expected, "split at \(split)")
        }
    }

    @Test(arguments: 1...40)
    func `a form is the same in pieces of any size`(size: Int) throws {
        let body = Self.body([Self.token, Self.file])
        let pieces = stride(from: 0, to: body.count, by: size).map { body[$0..<min($0 + size, body.count)] }
        #expect(try Self.read(pieces) == Self.expected)
    }

    @Test func `content keeps every byte, and a part may be empty`() throws {
        let content = "\r\n\r\r\n-\r\n--\r\n-----" + String(boundary.dropLast()) + "\r\n"
        let body = Self.body([("Content-Disposition: form-data; name=\"a\"", content), (Self.token.head, "")])
        let expected: [Piece] = [
            .part("a", nil), .content(content), .endOfPart, .part("token", nil), .endOfPart, .end,
        ]
        #expect(try Self.read([body[...]]) == expected)
    }

    @Test func `what follows the end is not read`() throws {
        let body = Self.body([Self.token]) + Array("anything --\(boundary)\r\n".utf8)
        #expect(try Self.read([body[...]]).last == .end)
    }

    @Test func `a form that is cut off anywhere has no end`() throws {
        let body = Self.body([Self.token, Self.file], end: "--")
        for length in 0..<body.count {
            #expect(try Self.read([body[..<length]]).contains(.end) == false, "cut at \(length)")
        }
    }

    @Test(arguments: [
        "preamble\r\n--\(boundary)\r\n", "--other\r\n", "--\(boundary)X\r\n", "--\(boundary) \r\n",
        "--\(boundary)\r\nno colon\r\n\r\n", "--\(boundary)\r\nContent-Type: text/csv\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n",
        "--\(boundary)\r\n Content-Disposition: form-data; name=\"a\"\r\n\r\n",
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\" filename=\"b\"\r\n\r\n",
    ])
    func `what is no form is refused`(text: String) {
        #expect(throws: MultipartError.malformed) { try Self.read([Array(text.utf8)[...]]) }
    }

    @Test func `files within files are refused`() {
        let head = "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=b"
        #expect(throws: MultipartError.nested) { try Self.read([Self.body([(head, "")])[...]]) }
    }

    @Test func `headers without an end are given up, in pieces of any size`() {
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"" + String(repeating: "a", count: 9_000)
        let bytes = Array(head.utf8)
        for size in [1, 100, bytes.count] {
            #expect(throws: MultipartError.headersTooLong) {
                try Self.read(
                    stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] })
            }
        }
        #expect(throws: MultipartError.headersTooLong) {
            try Self.read([Array((head + "\"\r\n\r\n").utf8)[...]])
        }
    }

    @Test func `parts without end are given up`() {
        let parts = Array(repeating: Self.token, count: 9)
        #expect(throws: MultipartError.tooManyParts) { try Self.read([Self.body(parts)[...]]) }
    }

    @Test(
        arguments: [
            (#"form-data; name="a""#, "a", nil), (#"form-data; name=a; filename=b.csv"#, "a", "b.csv"),
            (#"Form-Data ; name="a"; filename="b;c=d.csv""#, "a", "b;c=d.csv"),
            (#"form-data; name="a"; filename="x%22y.csv""#, "a", #"x"y.csv"#),
            (#"form-data; name="a"; filename="x\"y\\z.csv""#, "a", #"x"y\z.csv"#),
            (#"form-data; name="a"; filename="C:\Users\ana\lista.csv""#, "a", #"C:\Users\ana\lista.csv"#),
            (#"form-data; name="a"; filename="cobrança.csv""#, "a", "cobrança.csv"),
            (#"form-data; name="a"; filename="""#, "a", ""),
            (#"form-data; name="a[b][c]""#, "a[b][c]", nil),
        ] as [(String, String, String?)])
    func `the names of a part are read as browsers write them`(disposition: String, name: String, file: String?) throws
    {
        let headers = try MultipartHeaders("Content-Disposition: \(disposition)".utf8)
        #expect(headers == MultipartHeaders(name: name, fileName: file))
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
            ("multipart/form-data; charset=utf-8; Boundary=a.b", "a.b"),
            ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil),
            ("multipart/form-data; boundary=a; boundary=b", nil), ("multipart/form-data; boundary=a\u{7}b", nil),
            ("multipart/mixed; boundary=abc", nil), ("application/x-www-form-urlencoded", nil), ("", nil),
            ("multipart/form-data; boundary=" + String(repeating: "a", count: 71), nil),
        ] as [(String, String?)])
    func `the boundary is found in the type`(type: String, boundary: String?) {
        #expect(MultipartBoundary.find(in: type) == boundary.map { Array($0.utf8) })
    }
}
