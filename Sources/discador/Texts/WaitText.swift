import CampaignCore
import Foundation

/// What a run is waiting for, in words.
enum WaitText {
    /// - Parameters:
    ///   - zone: in which its times are.
    ///   - byContact: whether each contact has a window by their own clock, so that the next one's is waited for.
    static func text(_ wait: WaitReason?, in zone: TimeZone, byContact: Bool = false) -> Phrase {
        wait?.phrase(TimeWords(in: zone), isByContactClock: byContact) ?? Phrase("dialing", "discando")
    }
}

extension TimeWords {
    /// For the progress of a run: moments with their offset.
    init(in zone: TimeZone) {
        self.init(moment: { .moment($0, in: zone) }, left: DurationText.left)
    }

    /// For whoever is told beside them of which zone they are.
    init(_ clock: LocalClock) {
        self.init(moment: { clock.text($0, withSeconds: false) }, left: DurationText.left)
    }
}

extension TimeText {
    /// `15:42:07`, on this machine's clock.
    static func timeOfDay(_ moment: Timestamp) -> String { String(iso(moment).dropFirst(11).prefix(8)) }

    /// As Brazilians write it: `29/11/2026 às 09:00`, with its offset if people at this machine, whose zone is `local`,
    /// would mistake it for theirs.
    static func brazilian(_ moment: Timestamp, in zone: TimeZone = .current, local: TimeZone = .current) -> String {
        let iso = iso(moment, in: zone)
        let day = iso.prefix(10).split(separator: "-").reversed().joined(separator: "/")
        let isLocal = zone.utcOffset(at: moment) == local.utcOffset(at: moment)
        return "\(day) às \(iso.dropFirst(11).prefix(5))" + (isLocal ? "" : " \(iso.dropFirst(19))")
    }
}

extension Phrase {
    /// A moment: ISO 8601, or as Brazilians write it.
    static func moment(_ moment: Timestamp, in zone: TimeZone = .current) -> Phrase {
        Phrase(TimeText.iso(moment, in: zone), TimeText.brazilian(moment, in: zone))
    }
}
