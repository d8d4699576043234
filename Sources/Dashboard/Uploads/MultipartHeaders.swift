/// What stands above a part of a form with files (RFC 7578, 4.2).
struct MultipartHeaders: Equatable, Sendable {
    /// The field.
    var name: String
    /// The file's name, as the browser has it; nil for a field that is no file.
    var fileName: String?

    init(name: String, fileName: String? = nil) {
        (self.name, self.fileName) = (name, fileName)
    }

    /// - Parameter block: the lines above the empty one.
    init(_ block: some Sequence<UInt8>) throws(MultipartError) {
        let text = String(decoding: Array(block), as: UTF8.self)
        var disposition: String?
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: true) {
            guard let colon = line.firstIndex(of: ":"), line.first?.isWhitespace == false,
                line.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\t" })
            else { throw .malformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard disposition == nil else { throw .malformed }
                disposition = String(value)
            case "content-type":
                // Files within files (RFC 7578, 4.3) are no longer sent by anybody.
                guard !value.lowercased().hasPrefix("multipart/") else { throw .nested }
            default: break
            }
        }
        guard let disposition else { throw .malformed }
        let kind = disposition.prefix { $0 != ";" }
        guard kind.lowercased().filter({ !$0.isWhitespace }) == "form-data" else { throw .malformed }
        let parameters = try Self.parameters(disposition[kind.endIndex...])
        let names = parameters.filter { $0.name == "name" }
        let files = parameters.filter { $0.name == "filename" }
        guard names.count == 1, files.count <= 1, let name = names.first else { throw .malformed }
        self.init(name: name.value, fileName: files.first?.value)
    }

    /// `; name="list"; filename="contatos.csv"`.
    private static func parameters(
        _ text: Substring
    ) throws(MultipartError) -> [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            guard let equals = rest.firstIndex(of: "=") else { throw .malformed }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            let value: String
            if rest.first == "\"" {
                let found = try quoted(rest.dropFirst())
                value = found.value
                rest = found.rest
            } else {
                value = String(rest.prefix { $0 != ";" })
                rest = rest.dropFirst(value.count)
            }
            parameters.append((name, value))
            rest = rest.drop { $0 == " " || $0 == "\t" }
        }
        guard rest.isEmpty else { throw .malformed }
        return parameters
    }

    /// Up to the closing quote. Browsers write a quote within as `%22` (WHATWG HTML, 4.10.21.8), others escape it; a
    /// backslash before anything else is one of a path of Windows.
    private static func quoted(_ text: Substring) throws(MultipartError) -> (value: String, rest: Substring) {
        var value = ""
        var rest = text
        while let character = rest.popFirst() {
            switch character {
            case "\"":
                for (code, meant) in [("%22", "\""), ("%0D", " "), ("%0A", " ")] {
                    value = value.split(separator: code, omittingEmptySubsequences: false).joined(separator: meant)
                }
                return (value, rest)
            case "\\":
                if let next = rest.first, next == "\"" || next == "\\" {
                    value.append(next)
                    rest = rest.dropFirst()
                } else {
                    value.append(character)
                }
            default: value.append(character)
            }
        }
        throw .malformed
    }
}

/// What separates the parts of a form with files.
enum MultipartBoundary {
    private static let longest = 70

    /// The boundary that a `Content-Type` names (RFC 2046, 5.1.1); nil when it is no form with files.
    static func find(in contentType: String?) -> [UInt8]? {
        guard let contentType else { return nil }
        let parts = contentType.split(separator: ";").map { part in
            String(part.drop(while: \.isWhitespace))
        }
        guard parts.first?.filter({ !$0.isWhitespace }).lowercased() == "multipart/form-data" else { return nil }
        let values = parts.dropFirst().filter { $0.lowercased().hasPrefix("boundary=") }.map { $0.dropFirst(9) }
        guard values.count == 1, var value = values.first else { return nil }
        while value.last?.isWhitespace == true { value.removeLast() }
        if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        let bytes = Array(value.utf8)
        guard 1...longest ~= bytes.count, bytes.allSatisfy(isAllowed), bytes.last != UInt8(ascii: " ") else {
            return nil
        }
        return bytes
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
