/// Members of payloads.
enum Samples {
    /// Events that all belong to one call or person, and still are different events.
    static let different = [
        #""type":"DeliveryCallback","zaapId":"A","messageId":"B""#,
        #""type":"DeliveryCallback","zaapId":"A","messageId":"C""#,
        #""type":"DeliveryCallback","zaapId":"A","messageId":"B","error":"Timeout on send message""#,
        #""type":"DeliveryCallback","zaapId":"A","messageId":"B","error":"Phone number does not exist""#,
        #""type":"MessageStatusCallback","status":"SENT","ids":["A"]"#,
        #""type":"MessageStatusCallback","status":"RECEIVED","ids":["A"]"#,
        #""type":"MessageStatusCallback","status":"READ","ids":["A"]"#,
        #""type":"ReceivedCallback","notification":"CALL_RECEIVED","callId":"A""#,
        #""type":"ReceivedCallback","notification":"CALL_ACCEPTED","callId":"A""#,
        #""type":"ReceivedCallback","notification":"CALL_STARTED","callId":"A""#,
        #""type":"ReceivedCallback","notification":"CALL_ENDED","callId":"A""#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","callId":"A""#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","callId":"B""#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","text":{"message":"oi"}"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654322","text":{"message":"oi"}"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321@lid","text":{"message":"oi"}"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","text":{"message":"SAIR"}"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","audio":{"audioUrl":"https://x/oi"}"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","text":{"message":"SAIR"},"isEdit":true"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","text":{"message":"PARE"},"isEdit":true"#,
        #""type":"ReceivedCallback","messageId":"A","phone":"5511987654321","waitingMessage":true"#,
        #""type":"DisconnectedCallback","disconnected":true"#, #""type":"ConnectedCallback","connected":true"#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","phone":"5511987654321""#,
        #""type":"ReceivedCallback","notification":"CALL_MISSED","phone":"5511987654322""#,
        #""type":"PresenceChatCallback","status":"COMPOSING""#, #""type":"PresenceChatCallback","status":"PAUSED""#,
    ]
}
