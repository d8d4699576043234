import CampaignCore
import Testing
import Webhooks

@Suite struct `Call events` {
    /// As documented before 2026-06-12, for ordinary accounts since, and for accounts with the calls contract.
    static let documented = [
        Row(
            #""messageId":"1679655074-84","phone":"5544999999999","fromMe":false,"momment":1679661190000,"status":"RECEIVED","notification":"CALL_VOICE","notificationParameters":[],"callId":"F44E0E2011E7C784BB9A4AC11749C436","senderLid":"81896604192873@lid""#,
            CallNotification(phase: .received, direction: .unknown)),
        Row(
            #""messageId":"1779374011-59","phone":"81896604192873@lid","fromMe":false,"notification":"CALL_MISSED_VOICE","callId":null,"chatLid":"81896604192873@lid","expiresAt":null,"code":null"#,
            CallNotification(phase: .missed, direction: .unknown)),
        Row(
            #""messageId":"F44E0E2011E7C784BB9A4AC11749C436","callId":"F44E0E2011E7C784BB9A4AC11749C436","phone":"5544999999999","notification":"CALL_ACCEPTED","callDirection":"incoming","isVideo":false,"fromApi":false"#,
            CallNotification(phase: .accepted, direction: .incoming)),
    ]

    @Test(arguments: documented)
    func `the documented ones are understood`(row: Row<CallNotification>) throws {
        let incoming = try Reading.event(Reading.payload(#""type":"ReceivedCallback",\#(row.members)"#))
        #expect(incoming.event.kind == .call(row.result))
        #expect(incoming.type.hasPrefix("ReceivedCallback CALL_"))
        #expect(incoming.event.phone != nil || incoming.event.lid != nil)
        #expect(!incoming.event.ids.isEmpty)
    }

    @Test(arguments: [
        Row("CALL_VOICE", CallNotification.Phase.received), Row("CALL_VIDEO", .received),
        Row("CALL_RECEIVED", .received), Row("CALL_ACCEPTED", .accepted), Row("CALL_STARTED", .started),
        Row("CALL_ENDED", .ended), Row("CALL_MISSED", .missed), Row("CALL_MISSED_VOICE", .missed),
        Row("CALL_MISSED_VIDEO", .missed), Row("call_missed", .missed),
    ])
    func `every generation's words have one meaning`(row: Row<CallNotification.Phase>) throws {
        let kind = try Reading.kind(#""type":"ReceivedCallback","callId":"A","notification":"\#(row.members)""#)
        #expect(kind == .call(CallNotification(phase: row.result, direction: .unknown)))
    }

    @Test(arguments: [
        Row(#""callDirection":"outgoing""#, CallNotification.Direction.outgoing),
        Row(#""callDirection":"OUTGOING","fromMe":false"#, .outgoing),
        Row(#""callDirection":"incoming""#, .incoming),
        Row(#""fromMe":true"#, .outgoing), Row(#""fromApi":true"#, .outgoing), Row(#""fromApi":"true""#, .outgoing),
        Row(#""fromMe":false,"fromApi":false"#, .unknown),
        Row(#""callDirection":"incoming","fromMe":true"#, .unknown),
        Row(#""callDirection":"sideways""#, .unknown), Row(#""callDirection":null,"fromMe":"false""#, .unknown),
    ])
    func `the direction is only what the payload says`(row: Row<CallNotification.Direction>) throws {
        let kind = try Reading.kind(#""type":"ReceivedCallback","notification":"CALL_MISSED",\#(row.members)"#)
        #expect(kind == .call(CallNotification(phase: .missed, direction: row.result)))
    }

    @Test(arguments: [
        #""notification":"CALL_REJECTED""#, #""notification":"GROUP_PARTICIPANT_ADD","isGroup":true"#,
        #""notification":"CALL_MISSED","isGroup":true"#,
        #""notification":"CALL_MISSED","phone":"120363019502650977-group""#,
        #""notification":"PROFILE_NAME_UPDATED","text":{"message":"SAIR"}"#, #""notification":["CALL_MISSED"]"#,
        #""notification":{"CALL_MISSED":1}"#, #""notification":"'; DROP TABLE x""#,
    ])
    func `other notifications, and calls of groups, are kept without an effect`(members: String) throws {
        #expect(try Reading.kind(#""type":"ReceivedCallback",\#(members)"#) == .other)
    }

    @Test func `a call that the instance placed is not with its own lid`() throws {
        let own = #""type":"ReceivedCallback","notification":"CALL_ENDED","fromApi":true,"senderLid":"1111111@lid""#
        let event = try Reading.event(Reading.payload(#"\#(own),"phone":"5544999999999""#)).event
        #expect(event.lid == nil)
        let both = try Reading.event(Reading.payload(#"\#(own),"participantLid":"81896604192873@lid""#)).event
        #expect(both.lid == (try Reading.phone("81896604192873@lid")))
    }

    @Test func `a request for a registration code of the instance's number is an alarm`() throws {
        let incoming = try Reading.event(
            Reading.payload(#""type":"ReceivedCallback","notification":"WA_OLD_REGISTRATION","phone":"5544999999999""#))
        #expect(incoming.event.kind == .registrationCodeRequested)
        #expect(incoming.type == "ReceivedCallback WA_OLD_REGISTRATION")
        #expect(incoming.event.phone == nil)
    }
}
