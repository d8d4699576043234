import CampaignCore
import CampaignRunner
import Foundation

/// What a run waits for, in words.
enum WaitWords {
    static func text(_ wait: WaitReason?, in zone: TimeZone) -> String {
        switch wait {
        case nil: "dialing"
        case .pace(let wait): "next call in \(DurationWords.left(wait))"
        case .retry(let wait): "next retry in \(DurationWords.left(wait))"
        case .replies(let count): "waiting for \(count.counted("reply", "replies"))"
        case .instance: "waiting for an instance"
        case .window(let until?): "the calling window opens \(TimeText.iso(until, in: zone))"
        case .window(nil): "the calling window does not open within a year, long enough for a call"
        case .cap(let until): "the calls of today are used up; the next day begins \(TimeText.iso(until, in: zone))"
        case .ringing(let until):
            "Z-API has as many calls as can ring before the window shuts; it opens \(TimeText.iso(until, in: zone))"
        case .asked(let until, isEarlier: true):
            "no call before \(TimeText.iso(until, in: zone)), as an earlier run left it"
        case .asked(let until, isEarlier: false): "Z-API asked to wait until \(TimeText.iso(until, in: zone))"
        case .canary(let count):
            "waiting for the outcomes of the first calls, \(count) of which \(count.noun("is", "are")) under way"
        }
    }
}
