import CZip
import Glibc

/// The ZIP archive that a workbook is: its parts by name, each unpacked as a stream.
final class Archive {
    let limits: WorkbookLimits
    private let handle: OpaquePointer
    /// The place of each part, by its name in lower case with slashes; nil for a name that two files have.
    private var places: [String: UInt64?] = [:]

    /// - Parameter file: begins like a ZIP archive.
    init(file: InputFile, limits: WorkbookLimits) throws(WorkbookError) {
        self.limits = limits
        try ArchiveDirectory.check(file, limits)
        let descriptor = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .unreadable(reason: InputFile.reason(errno)) }
        var code: Int32 = 0
        guard let handle = zip_fdopen(descriptor, 0, &code) else {
            close(descriptor)
            throw .damagedArchive(reason: Archive.reason(code))
        }
        self.handle = handle
        try listParts()
    }

    deinit {
        zip_discard(handle)
    }

    private func listParts() throws(WorkbookError) {
        let count = zip_get_num_entries(handle, 0)
        guard count <= limits.archiveEntries else { throw .limit(.archiveEntries(limit: limits.archiveEntries)) }
        for place in 0..<UInt64(max(0, count)) {
            guard let name = zip_get_name(handle, place, 0) else { continue }
            let key = Archive.key(String(cString: name))
            places[key] = places[key] == nil ? .some(place) : .some(nil)
        }
    }

    /// Part names differ by more than their case (ECMA-376 part 2, 6.2.2.3), and some programs write backslashes.
    private static func key(_ name: String) -> String {
        let path = String(name.map { $0 == "\\" ? "/" : $0 }).lowercased()
        return String(path.drop { $0 == "/" })
    }

    /// Whether there is a part of this name, in any case.
    func contains(_ part: String) -> Bool {
        places[Archive.key(part)] != nil
    }

    /// Unpacks a part.
    ///
    /// - Parameters:
    ///   - part: its name, without a leading slash.
    ///   - limit: unpacked bytes after which the part is refused.
    ///   - exceeded: what it is then refused for; nil for its own size.
    func stream(
        _ part: String, limit: Int, exceeded: WorkbookError.Exceeded? = nil
    ) throws(WorkbookError) -> PartStream {
        guard let found = places[Archive.key(part)] else { throw .missingPart(part: part) }
        guard let place = found else { throw .ambiguousPart(part: part) }
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat_index(handle, place, 0, &status) == 0 else { throw failure(part) }
        if status.encryption_method != UInt16(ZIP_EM_NONE) { throw .encryptedPart(part: part) }
        guard let stream = zip_fopen_index(handle, place, 0) else { throw failure(part) }
        return PartStream(part: part, stream: stream, archive: self, limit: limit, exceeded: exceeded)
    }

    private func failure(_ part: String) -> WorkbookError {
        .damagedPart(part: part, reason: Archive.reason(zip_error_code_zip(zip_get_error(handle))))
    }

    /// What went wrong, in words for people.
    static func reason(_ code: Int32) -> String {
        switch code {
        case ZIP_ER_CRC: return "its checksum is wrong"
        case ZIP_ER_ZLIB, ZIP_ER_COMPRESSED_DATA: return "its compressed data is broken"
        case ZIP_ER_COMPNOTSUPP: return "its compression method is not supported"
        case ZIP_ER_EOF: return "it ends too early"
        case ZIP_ER_NOZIP, ZIP_ER_INCONS: return "it contradicts itself"
        case ZIP_ER_MULTIDISK: return "it is one of several files of a split archive"
        default:
            var error = zip_error_t()
            zip_error_init_with_code(&error, code)
            defer { zip_error_fini(&error) }
            return zip_error_strerror(&error).map { String(cString: $0).lowercased() } ?? "error \(code)"
        }
    }
}

/// The unpacked bytes of one part.
final class PartStream {
    let part: String
    private let stream: OpaquePointer
    /// Keeps the archive open as long as this reads from it.
    private let archive: Archive
    private let limit: Int
    private let exceeded: WorkbookError.Exceeded
    /// Bytes so far.
    private(set) var count = 0

    init(
        part: String, stream: OpaquePointer, archive: Archive, limit: Int, exceeded: WorkbookError.Exceeded?
    ) {
        self.exceeded = exceeded ?? .partBytes(part: part, limit: limit)
        self.part = part
        self.stream = stream
        self.archive = archive
        self.limit = limit
    }

    deinit {
        zip_fclose(stream)
    }

    /// Fills a buffer with the next bytes.
    ///
    /// - Returns: how many; 0 at the end.
    func read(into buffer: UnsafeMutableRawPointer, capacity: Int) throws(WorkbookError) -> Int {
        let got = Int(zip_fread(stream, buffer, UInt64(capacity)))
        guard got >= 0 else {
            let code = zip_error_code_zip(zip_file_get_error(stream))
            throw .damagedPart(part: part, reason: Archive.reason(code))
        }
        count += got
        guard count <= limit else { throw .limit(exceeded) }
        return got
    }
}
