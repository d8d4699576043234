import CampaignStore
import Foundation
import Glibc

/// How much room a database takes, and how much is left beside it. No file is opened for that: closing a descriptor of
/// the database would drop its locks.
struct DiskReading {
    /// With its log, in bytes.
    let databaseSize: Double
    /// Nil where the disk does not say.
    let free: Double?

    init(database: String) {
        databaseSize = [database, database + "-wal"].compactMap(Self.size).reduce(0, +)
        var disk = statvfs()
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        free = statvfs(folder, &disk) == 0 ? Double(disk.f_bavail) * Double(disk.f_frsize) : nil
    }

    private static func size(_ path: String) -> Double? {
        FileStatus(of: path).map { Double($0.size) }
    }
}
