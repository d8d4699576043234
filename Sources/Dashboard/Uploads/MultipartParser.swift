import CampaignCore
import Foundation

/// Reads a form with files (RFC 7578, RFC 2046) as its bytes come, in pieces of any size; nothing is kept but what may
/// still be part of a boundary.
///
/// It is stricter than the RFC where no browser needs more: nothing stands before the first boundary, and a line that
/// begins with the boundary is one.
struct MultipartParser {
    enum Event: Equatable {
        /// A part begins.
        case part(MultipartHeaders)
        /// Content of the part.
        case content([UInt8])
        case endOfPart
        /// All parts have come; what follows is not read.
        case end
    }

    private enum Place {
        case beginning
        case afterBoundary
        case headers
        case content
        case end
    }

    private static let mostOfHeaders = 8_192
    private static let mostParts = 8
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// The boundary with what always stands before it.
    private let delimiter: [UInt8]
    private var place = Place.beginning
    private var buffer: [UInt8]
    /// What has been read of the buffer.
    private var offset = 0
    private var parts = 0

    /// - Parameter boundary: as the request's type names it.
    init(boundary: [UInt8]) {
        delimiter = Self.lineEnd + Array("--".utf8) + boundary
        // As if the line before the first boundary had just ended.
        buffer = Self.lineEnd
    }

    /// Whether all parts have come.
    var isAtEnd: Bool {
        if case .end = place { true } else { false }
    }

    /// Adds the next bytes.
    mutating func append(_ bytes: some Collection<UInt8>) {
        if offset > 0 {
            buffer.removeFirst(offset)
            offset = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// What comes next; nil when that needs further bytes, or nothing comes.
    mutating func next() throws(MultipartError) -> Event? {
        while true {
            switch place {
            case .beginning:
                let known = min(delimiter.count, buffer.count - offset)
                guard begins(at: offset, with: delimiter.prefix(known)) else { throw .malformed }
                guard known == delimiter.count else { return nil }
                offset += known
                place = .afterBoundary
            case .afterBoundary:
                guard buffer.count - offset >= 2 else { return nil }
                let next = buffer[offset..<(offset + 2)]
                offset += 2
                if next.elementsEqual("--".utf8) {
                    place = .end
                    return .end
                }
                guard next.elementsEqual(Self.lineEnd) else { throw .malformed }
                parts += 1
                guard parts <= Self.mostParts else { throw .tooManyParts }
                place = .headers
            case .headers:
                guard let headers = try headers() else { return nil }
                place = .content
                return .part(headers)
            case .content: return content()
            case .end: return nil
            }
        }
    }

    private mutating func headers() throws(MultipartError) -> MultipartHeaders? {
        let end = Self.lineEnd + Self.lineEnd
        // The last line's end and the empty line are searched for as one, so nothing is read twice but the headers.
        guard let found = position(of: end, from: offset) else {
            guard buffer.count - offset <= Self.mostOfHeaders else { throw .headersTooLong }
            return nil
        }
        guard found - offset <= Self.mostOfHeaders else { throw .headersTooLong }
        let block = buffer[offset..<found]
        offset = found + end.count
        return try MultipartHeaders(block)
    }

    private mutating func content() -> Event? {
        let begin = offset
        let end = position(of: delimiter, from: begin, orBeginningOfIt: true) ?? buffer.count
        if end > begin {
            offset = end
            return .content(Array(buffer[begin..<end]))
        }
        guard buffer.count - end >= delimiter.count else { return nil }
        offset = end + delimiter.count
        place = .afterBoundary
        return .endOfPart
    }

    /// Where `text`, which begins with a carriage return, is next; or where the buffer ends with its beginning.
    private func position(of text: [UInt8], from start: Int, orBeginningOfIt: Bool = false) -> Int? {
        var from = start
        while let candidate = carriageReturn(from: from) {
            let known = min(text.count, buffer.count - candidate)
            if known == text.count || orBeginningOfIt, begins(at: candidate, with: text.prefix(known)) {
                return candidate
            }
            from = candidate + 1
        }
        return nil
    }

    private func carriageReturn(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count else { return nil }
            guard let found = memchr(base + start, 0x0D, bytes.count - start) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    private func begins(at place: Int, with text: ArraySlice<UInt8>) -> Bool {
        buffer[place...].starts(with: text)
    }
}

/// Why a form with files cannot be read.
enum MultipartError: Error, Explained, Equatable {
    /// It is no form with files.
    case noForm
    case malformed
    case nested
    case headersTooLong
    case tooManyParts
    /// It ends before its last boundary.
    case unfinished

    var phrase: Phrase {
        switch self {
        case .noForm:
            Phrase(
                "This is not a form with a file: choose the file on the page, and send it from there.",
                "Isto não é um formulário com arquivo: escolha o arquivo na página e envie por lá.")
        case .malformed, .headersTooLong:
            Phrase(
                "The form cannot be read, and nothing was kept: load the page again, and repeat it.",
                "Não foi possível ler o formulário, e nada foi guardado: recarregue a página e repita.")
        case .nested, .tooManyParts:
            Phrase(
                "Send one file at a time; nothing was kept.", "Envie um arquivo de cada vez; nada foi guardado.")
        case .unfinished:
            Phrase(
                "The upload was cut off, and nothing was kept: send the file again.",
                "O envio foi interrompido, e nada foi guardado: envie o arquivo de novo.")
        }
    }
}
