"""Words of requests that turn them round, and verbs that may stand for each other in front."""

OPPOSITES = (
    *(("turn on", "turn off"), ("switch on", "switch off"), ("add", "remove"), ("start", "stop")),
    *(("increase", "decrease"), ("raise", "lower"), ("louder", "quieter"), ("cheap", "expensive")),
    *(("first", "last"), ("oldest", "newest"), ("before", "after"), ("warmer", "colder")),
    *(("lock", "unlock"), ("mute", "unmute"), ("brighter", "darker"), ("freeze", "unfreeze")),
)

SAME = (
    *(
        ("turn on", "switch on"),
        ("turn off", "switch off"),
        ("delete", "remove"),
        ("begin", "start"),
    ),
    *(("show me", "display"), ("what is", "tell me"), ("book", "reserve"), ("buy", "purchase")),
    *(
        ("find", "look for"),
        ("play", "put on"),
        ("stop", "end"),
        ("call", "phone"),
        ("get", "find"),
    ),
    *(
        ("increase", "raise"),
        ("decrease", "lower"),
        ("turn up", "raise"),
        ("search for", "look for"),
    ),
    *(("add", "put"), ("create", "make"), ("how is", "tell me about"), ("cancel", "call off")),
    *(("remind me", "give me a reminder"), ("i want", "i would like"), ("send", "write")),
    *(("wake me", "get me up"), ("set an alarm for", "wake me up at"), ("give me", "show me")),
)
