package triplex.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import triplex.machine.UserError;

class FaultPlanTest {
    @Test
    void textAndPlanAreTheSame() throws UserError {
        String text = "95000000 board 1 pull; 97000000 board 1 insert; 97000000 lane A dead";
        FaultPlan plan = FaultPlan.parse(text);
        assertEquals(3, plan.faults().size());
        assertEquals(text, plan.toString());
        assertEquals(plan, FaultPlan.parse("95000000  board 1 pull;97000000 board 1 insert ;97000000 lane A dead"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "board 1 pull", "95000000", "95000000 board 1 fly", "2 board 1 pull; 1 board 2 pull",
        "95000000 board 1 pull;"})
    void whatIsNoPlanIsRefused(String text) {
        assertThrows(UserError.class, () -> FaultPlan.parse(text));
    }
}
