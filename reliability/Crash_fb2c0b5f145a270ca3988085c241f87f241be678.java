import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_fb2c0b5f145a270ca3988085c241f87f241be678 {
    static final String base64Bytes = String.join("", "czAuMDIyJQ==");

    public static void main(String[] args) throws Throwable {
        Crash_fb2c0b5f145a270ca3988085c241f87f241be678.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.agents.reliability.ConfigurationTarget.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.agents.reliability.ConfigurationTarget.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.agents.reliability.ConfigurationTarget.fuzzerTestOneInput(input);
    }
}